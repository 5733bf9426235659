import {
  type ChartResult,
  exportChart,
  type ExportRequest,
  type FilterChoices,
  listFilterValues,
  listRows,
  type RowPlace,
} from '@aracari/api';
import type { Language } from '@aracari/charts';
import { html, type TemplateResult } from 'lit';
import type { AracariDashboardTile, TileAction } from './aracari-dashboard-tile.js';
import type { EmbedRequest } from './dashboard-loader.js';

/** What actions need of the element whose tiles they are of. */
interface TilesHost {
  request(): EmbedRequest | undefined;
  tiles(): AracariDashboardTile[];
  result(chart: string): ChartResult | undefined;
}

const mostRows = 1000;

/** What a viewer can do with one chart beyond looking at it. */
export class TileActions {
  private readonly host: TilesHost;

  constructor(host: TilesHost) {
    this.host = host;
  }

  async run(chart: string, { kind, at }: TileAction): Promise<void> {
    const tile = this.#tile(chart);
    if (!tile) return;
    try {
      if (kind === 'rows') await tile.showRows((signal) => this.#rows(chart, at, signal));
      else if (kind === 'png') save(await this.exportPng(chart), `${tile.tile.chart?.name}.png`);
      else
        save(
          await this.exportFile(chart, { format: kind, of: 'chart' }),
          `${tile.tile.chart?.name}.${kind}`,
        );
    } catch (cause) {
      tile.showFailure(cause);
    }
  }

  exportPng(chart: string): Promise<Blob> {
    const tile = this.#tile(chart);
    return tile ? tile.exportPng() : Promise.reject(new Error('This chart is not on the screen.'));
  }

  async exportFile(chart: string, what: Pick<ExportRequest, 'format' | 'of'>): Promise<Blob> {
    const request = this.host.request();
    if (!request) throw new Error('There is no token yet.');
    const { connection, source } = request;
    const response = await exportChart(connection, source, chart, { ...what, ...narrow(request) });
    return response.blob();
  }

  async choicesOf(dashboard: string, filter: string, search: string): Promise<FilterChoices> {
    const request = this.host.request();
    if (!request) return {};
    const { connection, filters = {} } = request;
    const { [filter]: _own, ...others } = filters;
    const body = { ...(search ? { search } : {}), filters: others };
    return listFilterValues(connection, dashboard, filter, body);
  }

  async #rows(chart: string, at: RowPlace[], signal: AbortSignal) {
    const request = this.host.request();
    if (!request) return [];
    const body = { ...narrow(request), ...(at.length > 0 ? { at } : {}), limit: mostRows };
    return listRows(request.connection, request.source, chart, body, signal);
  }

  #tile(chart: string): AracariDashboardTile | undefined {
    return this.host.tiles().find(({ tile }) => tile.chart?.id === chart);
  }
}

function narrow({ filters = {}, selections = [], timeZone }: EmbedRequest) {
  return {
    ...(Object.keys(filters).length > 0 ? { filters } : {}),
    ...(selections.length > 0 ? { selections } : {}),
    ...(timeZone ? { timeZone } : {}),
  };
}

/** Gives a file to the browser's downloads. */
function save(file: Blob, name: string): void {
  const address = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = address;
  link.download = name.replaceAll(/[\\/:*?"<>|\u0000-\u001f]+/g, ' ').trim() || 'chart';
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/** The line that says that what is shown may be old. */
export function renderSilence(since: Date, { locale, texts }: Language): TemplateResult {
  const time = new Intl.DateTimeFormat(locale, { timeStyle: 'short' }).format(since);
  return html`<p class="notice" part="notice" role="status">${texts.silentSince(time)}</p>`;
}

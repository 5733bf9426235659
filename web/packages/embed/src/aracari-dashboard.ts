import type { Dashboard, Filters, FilterValue, Source, Tab, Tile } from '@aracari/api';
import { defineElement, type PlotChoice, themeStyles } from '@aracari/charts';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import './aracari-dashboard-tile.js';
import type { ChartNote, TileAction } from './aracari-dashboard-tile.js';
import { toggleSelection } from './choices.js';
import { failureStyles, renderFailure } from './dashboard-failure.js';
import { headerStyles, renderHeader } from './dashboard-header.js';
import { dashboardStyles } from './dashboard-styles.js';
import { renderTabs, tabStyles } from './dashboard-tabs.js';
import { EmbedElement } from './embed-element.js';
import type { SelectionChangeDetail, TabChangeDetail } from './embed-events.js';
import { renderSilence, TileActions } from './tile-actions.js';

/**
 * A dashboard as the holder of an embed token may see it. Waits, showing its shape, until it has a dashboard and a
 * token. A new token replaces the drawing when its own data is there. Asks regularly whether the token still holds, and
 * takes the drawing away when it does not. Charts are loaded when they come into sight.
 *
 * @fires aracari-ready - all tiles in sight are drawn; `ReadyDetail`
 * @fires aracari-error - the dashboard or one chart cannot be shown; `ErrorDetail`
 * @fires aracari-filter-change - the viewer or the host changed a filter; `FilterChangeDetail`
 * @fires aracari-selection-change - a click in one chart narrows the others; `SelectionChangeDetail`
 * @fires aracari-tab-change - another tab is shown; `TabChangeDetail`
 * @fires aracari-chart-click - a place of a chart was clicked; `ChartClickDetail`
 * @slot actions - the host's own controls, at the end of the header
 * @csspart base - the whole
 * @csspart header - title and marks
 * @csspart title - the dashboard's name
 * @csspart chip - one locked attribute
 * @csspart selection - one choice in a chart
 * @csspart sandbox - the sandbox mark
 * @csspart filters - the bar of filters
 * @csspart tabs - the list of tabs
 * @csspart tab - one tab
 * @csspart notice - the line that says that the server does not answer
 * @csspart error - the whole dashboard's error
 * @csspart tile - the card of a chart
 * @csspart tile-title - the name of a chart
 * @csspart tile-noted - the card of a chart that has a note
 * @csspart tile-note - the note at a chart
 * @csspart text - a text tile
 * @cssprop [--aracari-accent] - first series, focus rings
 * @cssprop [--aracari-font] - font family of everything
 * @cssprop [--aracari-radius=12px] - corners of cards
 * @cssprop [--aracari-gap=16px] - space between cards
 * @cssprop [--aracari-padding] - space around the dashboard; 20px, less on a phone
 * @cssprop [--aracari-background] - behind the cards
 * @cssprop [--aracari-surface] - the cards
 * @cssprop [--aracari-text] - text
 * @cssprop [--aracari-text-muted] - labels, axes
 * @cssprop [--aracari-border] - lines around cards
 */
export class AracariDashboard extends EmbedElement {
  @property({ attribute: 'dashboard-id' }) dashboardId = '';
  /** What to say at charts, by chart id: the chart gets a frame, and the words stand beside its name. */
  @property({ attribute: false }) notes: Record<string, ChartNote> = {};

  @state() private tab = '';

  readonly #actions = new TileActions({
    request: () => this.request(),
    tiles: () => this.tiles(),
    result: (chart) => this.loader.result(chart),
  });

  /** A picture of one chart. Rejects for a chart that is not on the screen, and for a table. */
  exportPng(chartId: string): Promise<Blob> {
    return this.#actions.exportPng(chartId);
  }

  /** What one chart shows, as a CSV file from the server. Needs the token's permission to export. */
  exportCsv(chartId: string): Promise<Blob> {
    return this.#actions.exportFile(chartId, { format: 'csv', of: 'chart' });
  }

  protected override source(): Source | undefined {
    return this.dashboardId ? { kind: 'dashboard', id: this.dashboardId } : undefined;
  }

  protected override isOther(changed: PropertyValues): boolean {
    if (changed.has('dashboardId') && changed.get('dashboardId')) {
      this.selections = [];
      this.tab = '';
    }
    return changed.has('dashboardId');
  }

  protected override render(): TemplateResult {
    const { dashboard, error, busy } = this.loader;
    const { texts, rightToLeft } = this.language;
    return html`
      <div
        class="aracari-theme root ${this.shownTheme()}"
        part="base"
        role="region"
        dir=${rightToLeft ? 'rtl' : 'ltr'}
        lang=${this.language.locale}
        aria-label=${dashboard?.name ?? texts.dashboard}
        aria-busy=${busy}
      >
        ${
          error
            ? renderFailure(error, texts, () => this.load())
            : dashboard
              ? this.#renderContent(dashboard)
              : renderWaiting()
        }
      </div>
    `;
  }

  #renderContent(dashboard: Dashboard): TemplateResult {
    const { language } = this;
    const tabs = dashboard.tabs ?? [];
    const shown = tabs.find(({ id }) => id === this.tab) ?? tabs[0];
    const tiles = tilesOn(dashboard, shown);
    const empty = tabs.length > 0 ? language.texts.emptyTab : language.texts.emptyDashboard;
    const grid = html`
      <div class="grid">
        ${repeat(
          tiles,
          (tile) => tile.id ?? tile.chart?.id,
          (tile) => this.#renderTile(tile, dashboard),
        )}
      </div>
      ${tiles.length === 0 ? html`<p class="empty">${empty}</p>` : nothing}
    `;
    return html`
      ${renderHeader(dashboard, { language, selections: this.selections, remove: this.#unselect })}
      ${this.loader.silentSince ? renderSilence(this.loader.silentSince, language) : nothing}
      ${this.#renderFilters(dashboard)}
      ${
        tabs.length > 1
          ? renderTabs(tabs, shown, {
              label: language.texts.tabs,
              choose: this.#chooseTab,
              content: grid,
            })
          : grid
      }
    `;
  }

  /** Servers before kinds of filters cannot give their values. */
  #renderFilters({ filters = [], serverTime }: Dashboard): TemplateResult | typeof nothing {
    if (filters.length === 0 || serverTime === undefined) return nothing;
    void import('./aracari-filter-bar.js');
    return html`
      <aracari-filter-bar
        part="filters"
        .definitions=${filters}
        .values=${this.filters}
        .language=${this.language}
        .choicesOf=${this.#choicesOf}
        @filter-change=${this.#filter}
      ></aracari-filter-bar>
    `;
  }

  #renderTile(tile: Tile, dashboard: Dashboard): TemplateResult {
    const id = tile.chart?.id ?? '';
    return html`
      <aracari-dashboard-tile
        class=${tile.chart?.type ?? 'text'}
        exportparts="tile, tile-title, tile-noted, tile-note, text, legend"
        .tile=${tile}
        .result=${this.loader.result(id)}
        .stale=${this.loader.isStale(id)}
        .note=${this.notes[id]}
        .theme=${this.shownTheme()}
        .language=${this.language}
        .selections=${this.selections.filter(({ chart }) => chart === id)}
        .selectable=${dashboard.serverTime !== undefined}
        .actions=${actionsOf(dashboard)}
        .retry=${this.reload}
        @plot-choice=${(event: CustomEvent<PlotChoice>) => this.#choose(id, event.detail)}
        @tile-action=${(event: CustomEvent<TileAction>) => void this.#actions.run(id, event.detail)}
      ></aracari-dashboard-tile>
    `;
  }

  #choose(chart: string, { at }: PlotChoice): void {
    this.tell('aracari-chart-click', { chart, at });
    this.#select(toggleSelection(this.selections, chart, at), chart);
  }

  readonly #unselect = (chart: string): void => {
    this.#select(
      this.selections.filter((one) => one.chart !== chart),
      chart,
    );
  };

  #select(selections: typeof this.selections, by: string): void {
    this.selections = selections;
    this.tell<SelectionChangeDetail>('aracari-selection-change', { selections });
    this.reload(by);
  }

  readonly #chooseTab = (tab: string): void => {
    this.tab = tab;
    this.tell<TabChangeDetail>('aracari-tab-change', { tab });
  };

  readonly #filter = ({ detail }: CustomEvent<{ id: string; value: FilterValue | undefined }>) => {
    const filters: Filters = { ...this.filters };
    if (detail.value === undefined) delete filters[detail.id];
    else filters[detail.id] = detail.value;
    this.changeFilters(filters);
  };

  readonly #choicesOf = (filter: string, search: string) =>
    this.#actions.choicesOf(this.dashboardId, filter, search);

  static override readonly styles = [
    themeStyles,
    dashboardStyles,
    headerStyles,
    tabStyles,
    failureStyles,
  ];
}

function tilesOn({ tiles, tabs = [] }: Dashboard, shown: Tab | undefined): Tile[] {
  const first = tabs[0]?.id;
  return tiles
    .filter(({ tab }) => !shown || (tab ?? first) === shown.id)
    .sort(({ layout: a }, { layout: b }) => a.y - b.y || a.x - b.x);
}

function actionsOf({ serverTime, canExport }: Dashboard): TileAction['kind'][] {
  const served = serverTime !== undefined;
  return [
    ...(served ? (['rows'] as const) : []),
    'png',
    ...(served && canExport ? (['csv', 'xlsx'] as const) : []),
  ];
}

function renderWaiting(): TemplateResult {
  return html`<div class="waiting" aria-hidden="true"><i></i><i></i><i></i><i></i><i></i></div>`;
}

defineElement('aracari-dashboard', AracariDashboard);

declare global {
  interface HTMLElementTagNameMap {
    'aracari-dashboard': AracariDashboard;
  }
}

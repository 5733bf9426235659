import type { Source } from '@aracari/api';
import { defineElement, type PlotChoice, themeStyles } from '@aracari/charts';
import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import './aracari-dashboard-tile.js';
import type { TileAction } from './aracari-dashboard-tile.js';
import { failureStyles, renderFailure } from './dashboard-failure.js';
import { headerStyles, renderMarks } from './dashboard-header.js';
import { EmbedElement } from './embed-element.js';
import { renderSilence, TileActions } from './tile-actions.js';
import { renderSkeleton, skeletonStyles } from './tile-skeleton.js';

/**
 * One chart as the holder of an embed token may see it. It fills its box, and is 320 pixels high when nobody says more.
 *
 * @fires aracari-ready - the chart is drawn; `ReadyDetail`
 * @fires aracari-error - the chart cannot be shown; `ErrorDetail`
 * @fires aracari-chart-click - a place of the chart was clicked; `ChartClickDetail`
 * @csspart base - the whole
 * @csspart chip - one locked attribute
 * @csspart sandbox - the sandbox mark
 * @csspart notice - the line that says that the server does not answer
 * @csspart error - why there is no chart
 * @csspart tile - the card
 * @csspart tile-title - the chart's name
 */
export class AracariChart extends EmbedElement {
  @property({ attribute: 'chart-id' }) chartId = '';

  readonly #actions = new TileActions({
    request: () => this.request(),
    tiles: () => this.tiles(),
    result: (chart) => this.loader.result(chart),
  });

  /** A picture of the chart. Rejects while it is not on the screen, and for a table. */
  exportPng(): Promise<Blob> {
    return this.#actions.exportPng(this.chartId);
  }

  /** What the chart shows, as a CSV file from the server. Needs the token's permission to export. */
  exportCsv(): Promise<Blob> {
    return this.#actions.exportFile(this.chartId, { format: 'csv', of: 'chart' });
  }

  protected override source(): Source | undefined {
    return this.chartId ? { kind: 'chart', id: this.chartId } : undefined;
  }

  protected override isOther(changed: PropertyValues): boolean {
    return changed.has('chartId');
  }

  protected override render(): TemplateResult {
    const { dashboard, error } = this.loader;
    const { texts, rightToLeft, locale } = this.language;
    return html`
      <div
        class="aracari-theme root ${this.shownTheme()}"
        part="base"
        dir=${rightToLeft ? 'rtl' : 'ltr'}
        lang=${locale}
      >
        ${
          error
            ? renderFailure(error, texts, () => this.load())
            : dashboard
              ? this.#renderChart(dashboard)
              : renderSkeleton(undefined)
        }
      </div>
    `;
  }

  #renderChart(dashboard: NonNullable<typeof this.loader.dashboard>): TemplateResult {
    const [tile] = dashboard.tiles;
    const marked = dashboard.scope.length > 0 || dashboard.environment === 'sandbox';
    const id = tile?.chart?.id ?? '';
    const exports = dashboard.canExport ? ['csv', 'xlsx'] : [];
    return html`
      ${marked ? html`<div class="marks">${renderMarks(dashboard, this.language)}</div>` : nothing}
      ${this.loader.silentSince ? renderSilence(this.loader.silentSince, this.language) : nothing}
      <aracari-dashboard-tile
        class=${tile?.chart?.type ?? ''}
        exportparts="tile, tile-title, legend"
        .tile=${tile}
        .result=${this.loader.result(id)}
        .stale=${this.loader.isStale(id)}
        .theme=${this.shownTheme()}
        .language=${this.language}
        .selectable=${true}
        .actions=${['rows', 'png', ...exports]}
        .retry=${this.reload}
        @plot-choice=${({ detail }: CustomEvent<PlotChoice>) =>
          this.tell('aracari-chart-click', { chart: id, at: detail.at })}
        @tile-action=${(event: CustomEvent<TileAction>) => void this.#actions.run(id, event.detail)}
      ></aracari-dashboard-tile>
    `;
  }

  static override readonly styles = [
    themeStyles,
    headerStyles,
    failureStyles,
    skeletonStyles,
    css`
      :host {
        display: block;
        height: 320px;
        contain: layout;
      }
      :host([hidden]) {
        display: none;
      }
      .root {
        display: flex;
        flex-direction: column;
        gap: 8px;
        box-sizing: border-box;
        height: 100%;
        font-size: 14px;
        line-height: 20px;
      }
      aracari-dashboard-tile {
        flex: 1;
        min-height: 0;
      }
      .notice {
        margin: 0;
        color: var(--_warn);
        font-size: 12px;
      }
    `,
  ];
}

defineElement('aracari-chart', AracariChart);

declare global {
  interface HTMLElementTagNameMap {
    'aracari-chart': AracariChart;
  }
}

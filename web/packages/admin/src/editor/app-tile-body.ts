import type { ThemeTokens, DraftTile, ListedChart } from '@aracari/api';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Scheme } from '../appearance.js';
import { baseStyles } from '../base-styles.js';
import '@aracari/charts';
import type { TileResult } from './chart-results.js';
import './tile-text.js';

/** What a tile shows: a chart's result, or text. Colours come from the theme around it. */
@customElement('app-tile-body')
export class AppTileBody extends LitElement {
  @property({ attribute: false }) tile!: DraftTile;
  /** Of a chart's tile; undefined where the chart is gone. */
  @property({ attribute: false }) chart?: ListedChart | undefined;
  /** Undefined while it is on its way. */
  @property({ attribute: false }) result?: TileResult | undefined;
  @property({ attribute: false }) scheme: Scheme = 'light';
  @property({ attribute: false }) theme: ThemeTokens = {};

  static override styles = [
    baseStyles,
    css`
      :host {
        display: flex;
        flex-direction: column;
        min-height: 0;
      }
      aracari-chart-view {
        flex: 1;
        min-height: 0;
      }
      .said {
        margin: auto;
        padding: 0.5rem;
        color: var(--_muted);
        font-size: 13px;
        text-align: center;
      }
      .text {
        flex: 1;
        overflow: auto;
      }
    `,
  ];

  override render() {
    const { tile } = this;
    if (tile.kind === 'text')
      return tile.text.trim()
        ? html`<div class="text" tabindex=${tile.text.length > 200 ? 0 : nothing}>
            <aracari-text .text=${tile.text}></aracari-text>
          </div>`
        : html`<p class="said">Empty text</p>`;
    return this.#renderChart();
  }

  #renderChart() {
    const { chart, result } = this;
    if (!chart) return html`<p class="said">This chart was deleted. Remove the tile, or undo.</p>`;
    if (!result) return html`<p class="said"><wa-spinner></wa-spinner></p>`;
    if ('error' in result)
      return html`<p class="said">${result.error.title}. ${result.error.detail}</p>`;
    const { id, name, spec } = chart;
    return html`<aracari-chart-view
      .chart=${{ id, name, type: spec.type, ...(spec.options ? { options: spec.options } : {}) }}
      .columns=${result.columns}
      .theme=${this.scheme}
      .tokens=${this.theme}
    ></aracari-chart-view>`;
  }
}

import type { ChartResult, Column, Problem, Tile } from '@aracari/api';
import { type AracariChartView, defineElement, isEmptyResult, type Theme } from '@aracari/charts';
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { plotIcon, tableIcon, warningIcon } from './icons.js';
import { tileStyles } from './tile-styles.js';
import { renderSkeleton, skeletonStyles } from './tile-skeleton.js';

/** A few words that the host says at a chart, and more of them for whoever points at it. */
export interface ChartNote {
  text: string;
  details?: string;
}

/**
 * One chart on the dashboard's grid: its title and its picture, or why there is none. Takes its place on the grid from
 * its layout.
 *
 * @csspart tile - the card
 * @csspart tile-noted - the card, while it has a note
 * @csspart tile-note - the note
 * @csspart tile-title - the chart's name
 */
export class AracariDashboardTile extends LitElement {
  @property({ attribute: false }) tile!: Tile;
  /** Undefined while it is still to come. */
  @property({ attribute: false }) result: ChartResult | undefined;
  /** The result is of an earlier load; a newer one is on its way. */
  @property({ type: Boolean, reflect: true }) stale = false;
  @property({ attribute: false }) theme: Theme = 'light';
  /** What the host says at this chart. */
  @property({ attribute: false }) note: ChartNote | undefined;
  /** Asks for the results anew. */
  @property({ attribute: false }) retry: () => void = () => undefined;

  @state() private asTable = false;

  /** Resolves when the tile shows its result on the screen. */
  async drawn(): Promise<void> {
    await this.updateComplete;
    await this.renderRoot.querySelector<AracariChartView>('aracari-chart-view')?.drawn();
  }

  protected override render(): TemplateResult {
    const { chart } = this.tile;
    return html`
      <section
        part=${this.note ? 'tile tile-noted' : 'tile'}
        aria-label=${chart.name}
        aria-busy=${!this.result || this.stale}
      >
        <div class="head">
          <h3 part="tile-title" title=${chart.name}>${chart.name}</h3>
          ${this.note ? renderNote(this.note) : nothing} ${this.#renderToggle()}
        </div>
        ${this.#renderBody()}
      </section>
    `;
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has('tile')) this.#takePlace();
  }

  #renderBody(): TemplateResult {
    if (!this.result) return renderSkeleton(this.tile.chart);
    if ('error' in this.result) return renderProblem(this.result.error, this.retry);
    const { columns } = this.result;
    return isEmptyResult(columns) ? html`<p class="empty">No data</p>` : this.#renderChart(columns);
  }

  #renderChart(columns: Column[]): TemplateResult {
    return html`
      <aracari-chart-view
        .chart=${this.tile.chart}
        .columns=${columns}
        .theme=${this.theme}
        .asTable=${this.asTable}
      ></aracari-chart-view>
    `;
  }

  /** Every plot can be read as a table. */
  #renderToggle(): TemplateResult | typeof nothing {
    const { type } = this.tile.chart;
    const columns = this.result && 'columns' in this.result ? this.result.columns : [];
    const lone = type === 'value' && columns.every(({ role }) => role === 'metric');
    if (isEmptyResult(columns) || type === 'table' || lone) return nothing;
    const label = this.asTable ? 'Show chart' : 'Show data';
    const toggle = () => (this.asTable = !this.asTable);
    return html`
      <button class="toggle" type="button" title=${label} aria-label=${label} @click=${toggle}>
        ${this.asTable ? plotIcon : tableIcon}
      </button>
    `;
  }

  // Through the object model: a host page's policy may forbid style attributes.
  #takePlace(): void {
    const { x, y, width, height } = this.tile.layout;
    this.style.setProperty('--_column', String(x + 1));
    this.style.setProperty('--_columns', String(width));
    this.style.setProperty('--_row', String(y + 1));
    this.style.setProperty('--_rows', String(height));
  }

  static override readonly styles = [tileStyles, skeletonStyles];
}

function renderNote({ text, details = '' }: ChartNote): TemplateResult {
  return html`<span class="note" part="tile-note" title=${details || text}>${text}</span>`;
}

/** Problems that may be over by the next time. */
const passing = new Set([
  'cut_off',
  'internal',
  'query_timeout',
  'source_unavailable',
  'too_many_requests',
]);

function renderProblem(problem: Problem, retry: () => void): TemplateResult {
  return html`
    <div class="problem" role="status">
      ${warningIcon}
      <strong>${problem.title}</strong>
      <p>${problem.detail}</p>
      ${
        passing.has(problem.code)
          ? html`<button class="retry" type="button" @click=${retry}>Try again</button>`
          : nothing
      }
    </div>
  `;
}

defineElement('aracari-dashboard-tile', AracariDashboardTile);

declare global {
  interface HTMLElementTagNameMap {
    'aracari-dashboard-tile': AracariDashboardTile;
  }
}

import type { Chart, ChartResult, Column, Problem, RowPlace, Selection, Tile } from '@aracari/api';
import {
  type AracariChartView,
  defineElement,
  formatCount,
  isEmptyResult,
  type Language,
  languageOf,
  type PlotChoice,
  type Theme,
} from '@aracari/charts';
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { placesOf } from './choices.js';
import { moreIcon, plotIcon, tableIcon, warningIcon } from './icons.js';
import { renderSkeleton, skeletonStyles } from './tile-skeleton.js';
import { tileStyles } from './tile-styles.js';

/** A few words that the host says at a chart, and more of them for whoever points at it. */
export interface ChartNote {
  text: string;
  details?: string;
}

/** What a viewer wants of a chart, beyond looking at it; `at` is the place that is chosen in it. */
export interface TileAction {
  kind: 'rows' | 'png' | 'csv' | 'xlsx';
  at: RowPlace[];
}

/** Brings the rows behind a chart. */
export type RowsLoader = (signal: AbortSignal) => Promise<Column[]>;

/**
 * One chart or text on the dashboard's grid: its title and its picture, or why there is none. Takes its place on the
 * grid from its layout.
 *
 * @fires plot-choice - a place of the chart was clicked; `PlotChoice`
 * @fires tile-action - the viewer chose an action; `TileAction`
 * @csspart tile - the card
 * @csspart tile-noted - the card, while it has a note
 * @csspart tile-note - the note
 * @csspart tile-title - the chart's name
 * @csspart text - the card of a text
 */
export class AracariDashboardTile extends LitElement {
  @property({ attribute: false }) tile!: Tile;
  /** Undefined while it is still to come. */
  @property({ attribute: false }) result: ChartResult | undefined;
  /** The result is of an earlier load; a newer one is on its way. */
  @property({ type: Boolean, reflect: true }) stale = false;
  @property({ attribute: false }) theme: Theme = 'light';
  @property({ attribute: false }) language: Language = languageOf();
  /** What the host says at this chart. */
  @property({ attribute: false }) note: ChartNote | undefined;
  /** What is chosen in this chart. */
  @property({ attribute: false }) selections: readonly Selection[] = [];
  /** Whether a click on a place of the chart does something. */
  @property({ type: Boolean }) selectable = false;
  /** What its menu offers. */
  @property({ attribute: false }) actions: readonly string[] = [];
  /** Asks for the results anew. */
  @property({ attribute: false }) retry: () => void = () => undefined;

  @state() private asTable = false;
  @state() private menuOpen = false;
  @state() private failure = '';
  /** Where the last click was. */
  @state() private chosen: PlotChoice | undefined;

  @query('aracari-chart-view') private view!: AracariChartView | null;

  /** Resolves when the tile shows its result on the screen. */
  async drawn(): Promise<void> {
    await this.updateComplete;
    await this.view?.drawn();
  }

  exportPng(): Promise<Blob> {
    return this.view ? this.view.exportPng() : Promise.reject(new Error('There is no picture.'));
  }

  /** Opens the dialog with the rows behind the chart. */
  async showRows(load: RowsLoader): Promise<void> {
    await import('./aracari-rows-dialog.js');
    const dialog = document.createElement('aracari-rows-dialog');
    const { language, theme } = this;
    Object.assign(dialog, { name: this.#chart?.name ?? '', load, language, theme });
    this.renderRoot.querySelector('section')?.append(dialog);
  }

  /** Tells below the chart that an action failed. */
  showFailure(cause: unknown): void {
    const told = cause instanceof Error ? cause.message : '';
    this.failure = told || this.language.texts.failed;
  }

  get #chart(): Chart | undefined {
    return this.tile.chart;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('result')) this.failure = '';
    if (changed.has('selections') && this.selections.length === 0) this.chosen = undefined;
  }

  protected override render(): TemplateResult {
    const chart = this.#chart;
    if (!chart) return this.#renderText();
    return html`
      <section
        part=${this.note ? 'tile tile-noted' : 'tile'}
        aria-label=${chart.name}
        aria-busy=${!this.result || this.stale}
        dir=${this.language.rightToLeft ? 'rtl' : 'ltr'}
        @focusout=${this.#left}
        @keydown=${this.#key}
      >
        <div class="head">
          <h3 part="tile-title" title=${chart.name}>${chart.name}</h3>
          ${this.note ? renderNote(this.note) : nothing} ${this.#renderToggle(chart)}
          ${this.#renderMenu(chart)}
        </div>
        ${this.#renderBody(chart)} ${this.#renderLines()}
      </section>
    `;
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has('tile')) this.#takePlace();
  }

  #renderText(): TemplateResult {
    void import('./aracari-text.js');
    return html`
      <section part="text" class="text" dir=${this.language.rightToLeft ? 'rtl' : 'ltr'}>
        <aracari-text .text=${this.tile.text ?? ''}></aracari-text>
      </section>
    `;
  }

  #renderBody(chart: Chart): TemplateResult {
    const { texts } = this.language;
    if (!this.result) return renderSkeleton(chart);
    if ('error' in this.result) return renderProblem(this.result.error, texts.tryAgain, this.retry);
    const { columns } = this.result;
    if (isEmptyResult(columns)) return html`<p class="empty">${texts.noData}</p>`;
    return html`
      <aracari-chart-view
        exportparts="legend"
        .chart=${chart}
        .columns=${columns}
        .theme=${this.theme}
        .locale=${this.language.locale}
        .timeZone=${this.language.timeZone}
        .asTable=${this.asTable}
        .selectable=${this.selectable}
        .chosen=${this.chosen ? new Set([this.chosen.index]) : nobody}
        @plot-choice=${this.#choose}
      ></aracari-chart-view>
    `;
  }

  #renderLines(): TemplateResult | typeof nothing {
    if (this.failure) return html`<p class="failure-line" role="alert">${this.failure}</p>`;
    const { result, language } = this;
    if (!result || 'error' in result || result.thinnedFrom === undefined || this.asTable)
      return nothing;
    const shown = formatCount(result.columns[0]?.values.length ?? 0, language);
    const all = formatCount(result.thinnedFrom, language);
    return html`<p class="thinned">${language.texts.thinned(shown, all)}</p>`;
  }

  /** Every picture can be read as a table. */
  #renderToggle({ type }: Chart): TemplateResult | typeof nothing {
    const columns = this.#columns();
    const lone = type === 'value' && columns.every(({ role }) => role === 'metric');
    if (isEmptyResult(columns) || type === 'table' || lone) return nothing;
    const { showChart, showData } = this.language.texts;
    const label = this.asTable ? showChart : showData;
    const toggle = () => (this.asTable = !this.asTable);
    return html`
      <button class="toggle" type="button" title=${label} aria-label=${label} @click=${toggle}>
        ${this.asTable ? plotIcon : tableIcon}
      </button>
    `;
  }

  #renderMenu({ type }: Chart): TemplateResult | typeof nothing {
    const { texts } = this.language;
    const labels: Record<string, string> = {
      rows: texts.showRows,
      png: texts.exportPng,
      csv: texts.exportCsv,
      xlsx: texts.exportXlsx,
    };
    const pictured = type !== 'table' && !this.asTable;
    const offered = this.actions.filter((kind) => kind !== 'png' || pictured);
    if (isEmptyResult(this.#columns()) || offered.length === 0) return nothing;
    const items = offered.map(
      (kind) => html`
        <button type="button" role="menuitem" @click=${() => this.#act(kind as TileAction['kind'])}>
          ${labels[kind]}
        </button>
      `,
    );
    return html`
      <button
        class="toggle more"
        type="button"
        title=${texts.actions}
        aria-label=${texts.actions}
        aria-haspopup="menu"
        aria-expanded=${this.menuOpen}
        @click=${this.#toggleMenu}
      >
        ${moreIcon}
      </button>
      ${this.menuOpen ? html`<div class="menu" role="menu" aria-label=${texts.actions}>${items}</div>` : nothing}
    `;
  }

  #columns(): Column[] {
    return this.result && 'columns' in this.result ? this.result.columns : [];
  }

  readonly #choose = ({ detail }: CustomEvent<PlotChoice>): void => {
    const same = this.chosen?.index === detail.index;
    this.chosen = same && this.selections.length > 0 ? undefined : detail;
  };

  #act(kind: TileAction['kind']): void {
    this.menuOpen = false;
    const at = this.chosen ? placesOf(this.chosen.at) : [];
    this.dispatchEvent(new CustomEvent<TileAction>('tile-action', { detail: { kind, at } }));
  }

  readonly #toggleMenu = async (): Promise<void> => {
    this.menuOpen = !this.menuOpen;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('.menu button')?.focus();
  };

  readonly #left = ({ relatedTarget }: FocusEvent): void => {
    const inside = relatedTarget instanceof Node && this.renderRoot.contains(relatedTarget);
    if (!inside) this.menuOpen = false;
  };

  readonly #key = (event: KeyboardEvent): void => {
    if (!this.menuOpen) return;
    const items = [...this.renderRoot.querySelectorAll<HTMLElement>('.menu button')];
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };
    const step = steps[event.key];
    if (event.key === 'Escape') {
      this.menuOpen = false;
      this.renderRoot.querySelector<HTMLElement>('.more')?.focus();
    } else if (step !== undefined) {
      const focused = items.findIndex((item) => item.matches(':focus'));
      items[(focused + step + items.length) % items.length]?.focus();
    } else return;
    event.preventDefault();
  };

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

const nobody: ReadonlySet<number> = new Set();

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

function renderProblem(problem: Problem, tryAgain: string, retry: () => void): TemplateResult {
  return html`
    <div class="problem" role="status">
      ${warningIcon}
      <strong>${problem.title}</strong>
      <p>${problem.detail}</p>
      ${
        passing.has(problem.code)
          ? html`<button class="retry" type="button" @click=${() => retry()}>${tryAgain}</button>`
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

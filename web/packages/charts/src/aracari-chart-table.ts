import type { Chart, Column } from '@aracari/api';
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { countRows } from './chart-columns.js';
import { formatCell, formatCount, formatValue, isNumber, nameColumn } from './chart-values.js';
import { paintByValue } from './color-rules.js';
import { defineElement } from './define-element.js';
import { type Language, languageOf } from './language.js';
import { orderRows, type RowSort } from './row-order.js';

/** Pixels of a row, which never wraps. */
const rowHeight = 35;

/** Up to here all rows are in the page, where the browser's search finds them. */
const mostWholeRows = 250;

/** Rows in the page beyond those that are seen, on either side. */
const spareRows = 12;

/** A result as a table. It fills its box and scrolls inside it; numbers stand at the end. Heads sort. */
export class AracariChartTable extends LitElement {
  /** What the table is about, for screen readers. */
  @property() label = '';
  /** Whose colours and totals to show. */
  @property({ attribute: false }) chart: Chart | undefined;
  /** The result. */
  @property({ attribute: false }) columns: readonly Column[] = [];
  @property({ attribute: false }) language: Language = languageOf();

  @state() private sort: RowSort | undefined;
  /** The first and the last row in the page. */
  @state() private from = 0;
  @state() private to = 40;

  @query('.scroll') private scroller!: HTMLElement;

  #count = 0;
  #rows: Uint32Array = new Uint32Array();
  readonly #resizes = new ResizeObserver(() => this.#window());

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) this.#resizes.observe(this.scroller);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resizes.disconnect();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('columns')) {
      this.#count = countRows(this.columns);
      if (this.sort && this.sort.column >= this.columns.length) this.sort = undefined;
    }
    const parts = ['columns', 'sort', 'language'] as const;
    if (parts.some((part) => (changed as Map<string, unknown>).has(part)))
      this.#rows = orderRows(this.columns, this.#count, this.sort, this.language.locale);
  }

  protected override firstUpdated(): void {
    this.#resizes.observe(this.scroller);
  }

  protected override updated(changed: PropertyValues<this>): void {
    // Through the object model: a host page's policy may forbid style attributes.
    const [before, after] = this.#isWhole() ? [0, 0] : [this.from, this.#count - this.to];
    for (const [name, rows] of [
      ['before', before],
      ['after', after],
    ] as const) {
      const gap = this.renderRoot.querySelector<HTMLElement>(`.${name} td`);
      if (gap) gap.style.height = `${Math.max(0, rows) * rowHeight}px`;
    }
    if (changed.has('columns')) this.#window();
  }

  protected override render(): TemplateResult {
    const whole = this.#isWhole();
    const [from, to] = whole ? [0, this.#count] : [this.from, Math.min(this.to, this.#count)];
    const rows = Array.from({ length: Math.max(0, to - from) }, (_, place) => from + place);
    return html`
      <div
        class="scroll"
        tabindex="0"
        role="region"
        aria-label=${this.label}
        dir=${this.language.rightToLeft ? 'rtl' : 'ltr'}
        @scroll=${this.#window}
      >
        <table aria-rowcount=${this.#count + 1}>
          <caption>
            ${this.label}
          </caption>
          <thead>
            <tr>
              ${this.columns.map((column, place) => this.#renderHead(column, place))}
            </tr>
          </thead>
          <tbody>
            ${whole ? nothing : renderGap('before', this.columns.length)}
            ${rows.map((place) => this.#renderRow(place))}
            ${whole ? nothing : renderGap('after', this.columns.length)}
          </tbody>
          ${this.#renderTotals()}
        </table>
      </div>
      ${whole ? nothing : html`<p>${this.language.texts.rows(formatCount(this.#count, this.language))}</p>`}
    `;
  }

  #renderHead(column: Column, place: number): TemplateResult {
    const sorted = this.sort?.column === place ? this.sort : undefined;
    const order = sorted ? (sorted.descending ? 'descending' : 'ascending') : 'none';
    const name = nameColumn(column, this.language);
    return html`
      <th scope="col" class=${sideOf(column)} aria-sort=${order}>
        <button
          type="button"
          title=${this.language.texts.sortBy(name)}
          @click=${() => this.#sortBy(place)}
        >
          ${name}
        </button>
      </th>
    `;
  }

  #renderRow(place: number): TemplateResult {
    const row = this.#rows[place] ?? place;
    const cells = this.columns.map((column, index) => {
      const text = formatCell(column, row, this.language);
      const paint = this.chart && paintByValue(this.chart, column, column.values[row]);
      const side = `${sideOf(column)} ${paint ? `painted ${paint}` : ''}`;
      return index === 0
        ? html`<th scope="row" class=${side} title=${text}>${text}</th>`
        : html`<td class=${side} title=${text}>${text}</td>`;
    });
    return html`<tr aria-rowindex=${place + 2}>
      ${cells}
    </tr>`;
  }

  /** The server tells totals: a sum of averages would be none. */
  #renderTotals(): TemplateResult | typeof nothing {
    const known = this.columns.some(({ total }) => total !== undefined);
    if (!this.chart?.options?.totals || !known) return nothing;
    const cells = this.columns.map((column, index) => {
      const text =
        column.total === undefined ? '' : formatValue(column, column.total, this.language);
      return index === 0
        ? html`<th scope="row">${text || this.language.texts.total}</th>`
        : html`<td class=${sideOf(column)}>${text}</td>`;
    });
    return html`<tfoot>
      <tr>
        ${cells}
      </tr>
    </tfoot>`;
  }

  #isWhole(): boolean {
    return this.#count <= mostWholeRows;
  }

  #sortBy(column: number): void {
    const first = !isNumber(this.columns[column] as Column);
    if (this.sort?.column !== column) this.sort = { column, descending: !first };
    else if (this.sort.descending !== first) this.sort = { column, descending: first };
    else this.sort = undefined;
  }

  readonly #window = (): void => {
    if (!this.scroller || this.#isWhole()) return;
    const { scrollTop, clientHeight } = this.scroller;
    const first = Math.floor(scrollTop / rowHeight);
    const seen = Math.ceil(clientHeight / rowHeight);
    // In steps, so that a small scroll changes nothing.
    this.from = Math.max(0, Math.floor((first - spareRows) / 8) * 8);
    this.to = this.from + Math.min(200, seen + 2 * spareRows + 8);
  };

  static override readonly styles = css`
    :host {
      display: flex;
      flex-direction: column;
      min-height: 0;
      color: var(--_text);
      font-size: 13px;
    }
    .scroll {
      flex: 1;
      min-height: 0;
      overflow: auto;
      scrollbar-width: thin;
      scrollbar-color: var(--_border) transparent;
    }
    .scroll:focus-visible {
      outline: 2px solid var(--_accent);
      outline-offset: 2px;
      border-radius: 4px;
    }
    table {
      width: 100%;
      border-collapse: separate;
      border-spacing: 0;
      line-height: 20px;
    }
    caption {
      position: absolute;
      width: 1px;
      height: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
    th,
    td {
      box-sizing: border-box;
      max-width: 320px;
      height: 35px;
      padding: 7px 16px 7px 0;
      overflow: hidden;
      border-bottom: 1px solid var(--_grid);
      font-weight: 400;
      text-align: start;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    [dir='rtl'] :is(th, td) {
      padding: 7px 0 7px 16px;
    }
    :is(th, td):last-child {
      padding-inline-end: 4px;
    }
    thead th {
      position: sticky;
      top: 0;
      z-index: 1;
      padding-top: 2px;
      border-bottom-color: var(--_border);
      background: var(--_surface);
      color: var(--_muted);
      font-size: 12px;
      font-weight: 500;
    }
    button {
      padding: 0;
      border: 0;
      border-radius: 3px;
      background: none;
      color: inherit;
      font: inherit;
      cursor: pointer;
    }
    button:hover {
      color: var(--_text);
    }
    button:focus-visible {
      outline: 2px solid var(--_accent);
    }
    [aria-sort='ascending'] button::after,
    [aria-sort='descending'] button::after {
      margin-inline-start: 4px;
      color: var(--_accent);
      font-size: 9px;
      content: '▲' / '';
    }
    [aria-sort='descending'] button::after {
      content: '▼' / '';
    }
    tfoot :is(th, td) {
      position: sticky;
      bottom: 0;
      border-top: 1px solid var(--_border);
      border-bottom: 0;
      background: var(--_surface);
      font-weight: 600;
    }
    tbody tr:last-child > * {
      border-bottom: 0;
    }
    tbody tr:hover > * {
      background: var(--_hover);
    }
    .gap td {
      padding: 0;
      border: 0;
    }
    .number {
      font-variant-numeric: tabular-nums;
      text-align: end;
    }
    .painted {
      --_tint: var(--_neutral);
      background: color-mix(in srgb, var(--_tint) 16%, var(--_surface));
      box-shadow: inset 3px 0 var(--_tint);
      padding-inline-start: 10px;
    }
    .good {
      --_tint: var(--_good);
    }
    .warning {
      --_tint: var(--_warning);
    }
    .bad {
      --_tint: var(--_bad);
    }
    .accent {
      --_tint: var(--_accent);
    }
    p {
      margin: 8px 0 0;
      color: var(--_muted);
      font-size: 12px;
    }
    @media print {
      .scroll {
        overflow: visible;
      }
    }
  `;
}

function renderGap(name: 'before' | 'after', columns: number): TemplateResult {
  return html`<tr class="gap ${name}" aria-hidden="true">
    <td colspan=${columns}></td>
  </tr>`;
}

function sideOf(column: Column): string {
  return isNumber(column) && column.grain === undefined && column.binWidth === undefined
    ? 'number'
    : '';
}

defineElement('aracari-chart-table', AracariChartTable);

declare global {
  interface HTMLElementTagNameMap {
    'aracari-chart-table': AracariChartTable;
  }
}

import type { Column } from '@aracari/api';
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { countRows } from './chart-columns.js';
import { formatValue, isNumber, nameColumn } from './chart-values.js';
import { defineElement } from './define-element.js';

/** A browser becomes slow with more rows than anybody reads. */
const mostRows = 1000;

/** A result as a table. It fills its box and scrolls inside it; numbers stand right. */
export class AracariChartTable extends LitElement {
  /** What the table is about, for screen readers. */
  @property() label = '';
  /** The result. */
  @property({ attribute: false }) columns: readonly Column[] = [];

  protected override render(): TemplateResult {
    const count = countRows(this.columns);
    const rows = Array.from({ length: Math.min(count, mostRows) }, (_, index) =>
      this.#renderRow(index),
    );
    return html`
      <div class="scroll" tabindex="0" role="region" aria-label=${this.label}>
        <table>
          <caption>
            ${this.label}
          </caption>
          <thead>
            <tr>
              ${this.columns.map((column) => html`<th scope="col" class=${sideOf(column)}>${nameColumn(column)}</th>`)}
            </tr>
          </thead>
          <tbody>
            ${rows}
          </tbody>
        </table>
      </div>
      ${count > mostRows ? html`<p>The first ${mostRows} of ${count} rows</p>` : nothing}
    `;
  }

  #renderRow(index: number): TemplateResult {
    const cells = this.columns.map((column, place) => {
      const text = formatValue(column, column.values[index]);
      return place === 0
        ? html`<th scope="row" class=${sideOf(column)}>${text}</th>`
        : html`<td class=${sideOf(column)}>${text}</td>`;
    });
    return html`<tr>
      ${cells}
    </tr>`;
  }

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
      max-width: 320px;
      padding: 7px 16px 7px 0;
      overflow: hidden;
      border-bottom: 1px solid var(--_grid);
      font-weight: 400;
      text-align: left;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    :is(th, td):last-child {
      padding-right: 4px;
    }
    thead th {
      position: sticky;
      top: 0;
      padding-top: 2px;
      border-bottom-color: var(--_border);
      background: var(--_surface);
      color: var(--_muted);
      font-size: 12px;
      font-weight: 500;
    }
    tbody tr:last-child > * {
      border-bottom: 0;
    }
    tbody tr:hover > * {
      background: var(--_hover);
    }
    .number {
      font-variant-numeric: tabular-nums;
      text-align: right;
    }
    p {
      margin: 8px 0 0;
      color: var(--_muted);
      font-size: 12px;
    }
  `;
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

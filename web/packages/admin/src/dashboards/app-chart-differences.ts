import type { Chart, ChartResult } from '@aracari/api';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { baseStyles } from '../base-styles.js';
import { countOf } from '../databases/schema-words.js';
import '../parts/app-badge.js';
import '../parts/app-panel.js';
import { compareResults, differs } from './compare-notes.js';
import type { Difference } from './compare-results.js';
import { formatCell } from './dashboard-words.js';

const mostShown = 25;
/** A chart with more differences than these is opened by hand, so that the list of charts stays in view. */
const mostOpen = 2;

/** Chart by chart, what two viewers see otherwise. */
@customElement('app-chart-differences')
export class AppChartDifferences extends LitElement {
  @property({ attribute: false }) charts: Chart[] = [];
  @property({ attribute: false }) first: ReadonlyMap<string, ChartResult> = new Map();
  @property({ attribute: false }) second: ReadonlyMap<string, ChartResult> = new Map();

  static override styles = [
    baseStyles,
    css`
      wa-details {
        --spacing: 0.75rem;
      }
      wa-details + wa-details {
        margin-block-start: 0.5rem;
      }
      .summary {
        display: flex;
        flex-wrap: wrap;
        gap: 0.35rem 0.75rem;
        align-items: center;
        font-weight: 550;
      }
      .scroll {
        overflow-x: auto;
      }
      table {
        width: 100%;
        border-collapse: collapse;
        font-size: var(--wa-font-size-s);
        font-variant-numeric: tabular-nums;
      }
      th {
        color: var(--wa-color-text-quiet);
        font-size: 0.75rem;
        font-weight: 500;
      }
      th,
      td {
        padding: 0.35rem 0.6rem;
        border-block-end: 1px solid var(--wa-color-surface-border);
        text-align: start;
      }
      .value {
        text-align: end;
        white-space: nowrap;
      }
      mark {
        padding: 0.05rem 0.35rem;
        border-radius: var(--wa-border-radius-s);
        background: var(--wa-color-warning-fill-normal);
        color: var(--wa-color-warning-on-normal);
      }
    `,
  ];

  override render() {
    return html`<app-panel heading="Differences">
      <span slot="description">Values that are not the same for both tokens are marked.</span>
      ${this.charts.map((chart) => this.#renderChart(chart))}
    </app-panel>`;
  }

  #renderChart({ id, name }: Chart) {
    const [first, second] = [this.first.get(id), this.second.get(id)];
    const refusals = [refusalOf(first, 'First'), refusalOf(second, 'Second')].filter(Boolean);
    const compared = compareResults(first, second);
    const { same, differences } = compared;
    const open = differs(compared) && differences.length <= mostOpen;
    return html`<wa-details ?open=${open}>
      <span slot="summary" class="summary"
        >${name}
        ${
          differs(compared)
            ? html`<app-badge variant="warning"
                >${refusals.length > 0 ? 'Refused' : `${countOf(differences.length, 'value')} differ${differences.length === 1 ? 's' : ''}`}</app-badge
              >`
            : html`<app-badge variant="success">Same</app-badge>`
        }</span
      >
      ${refusals.map((text) => html`<p class="small">${text}</p>`)}
      ${differences.length > 0 ? this.#renderTable(differences) : nothing}
      ${
        same > 0
          ? html`<p class="small quiet">
              ${countOf(same, 'value')} ${same === 1 ? 'is' : 'are'} the same.
            </p>`
          : nothing
      }
    </wa-details>`;
  }

  #renderTable(differences: Difference[]) {
    const left = differences.length - mostShown;
    return html`<div class="scroll" tabindex="0" role="group" aria-label="Values that differ">
        <table>
          <thead>
            <tr>
              <th scope="col">Where</th>
              <th scope="col">Metric</th>
              <th scope="col" class="value">First</th>
              <th scope="col" class="value">Second</th>
            </tr>
          </thead>
          <tbody>
            ${differences.slice(0, mostShown).map(
              ({ where, metric, format, first, second }) =>
                html`<tr>
                  <td>
                    ${where.length > 0 ? where.map((each) => formatCell(each)).join(' · ') : 'All'}
                  </td>
                  <td>${metric}</td>
                  <td class="value"><mark>${formatCell(first, format)}</mark></td>
                  <td class="value"><mark>${formatCell(second, format)}</mark></td>
                </tr>`,
            )}
          </tbody>
        </table>
      </div>
      ${left > 0 ? html`<p class="small quiet">And ${left} more.</p>` : nothing}`;
  }
}

function refusalOf(result: ChartResult | undefined, whose: string): string {
  return result && 'error' in result
    ? `${whose} token: ${result.error.detail || result.error.title}`
    : '';
}

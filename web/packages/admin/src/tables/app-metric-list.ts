import type { Metric, TableColumn, TableProblem } from '@aracari/api';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { baseStyles } from '../base-styles.js';
import '../parts/app-panel.js';
import { problemWithin } from '../rules/problems-at.js';
import { tableStyles } from '../table-styles.js';
import './app-metric-dialog.js';
import { readMetric } from './metric-words.js';

/**
 * The metrics of a table: what charts measure.
 * @fires app-changed - Detail is the list.
 */
@customElement('app-metric-list')
export class AppMetricList extends LitElement {
  @property({ attribute: false }) metrics: Metric[] = [];
  @property({ attribute: false }) columns: TableColumn[] = [];
  @property({ attribute: false }) problems: TableProblem[] = [];
  /** The place of the metric that is edited; the next free one for a new one. */
  @state() private editing?: number | undefined;

  static override styles = [
    baseStyles,
    tableStyles,
    css`
      .refusal {
        display: block;
        color: var(--wa-color-danger-on-quiet);
      }
      .acts {
        display: inline-flex;
        gap: 0.5rem;
      }
    `,
  ];

  override render() {
    const { metrics } = this;
    return html`<app-panel heading="Metrics">
        <span slot="description"
          >What charts measure: counts, sums, averages, and ratios of two.</span
        >
        <wa-button
          slot="action"
          appearance="outlined"
          @click=${() => (this.editing = metrics.length)}
        >
          <wa-icon slot="start" name="plus"></wa-icon>Add metric
        </wa-button>
        ${metrics.length > 0 ? this.#renderTable() : html`<p class="quiet">No metrics yet.</p>`}
      </app-panel>
      <app-metric-dialog
        ?open=${this.editing !== undefined}
        .metric=${this.editing === undefined ? undefined : metrics[this.editing]}
        .columns=${this.columns}
        @app-changed=${(event: CustomEvent<Metric>) => this.#keep(event.detail)}
        @app-closed=${() => (this.editing = undefined)}
      ></app-metric-dialog>`;
  }

  #renderTable() {
    return html`<table role="table">
      <thead role="rowgroup">
        <tr role="row">
          ${['Metric', 'Name', 'Measures'].map(
            (column) => html`<th role="columnheader" scope="col">${column}</th>`,
          )}
          <th role="columnheader" scope="col"><span class="hidden-text">Actions</span></th>
        </tr>
      </thead>
      <tbody role="rowgroup">
        ${this.metrics.map((metric, index) => this.#renderRow(metric, index))}
      </tbody>
    </table>`;
  }

  #renderRow(metric: Metric, index: number) {
    const refused = problemWithin(this.problems, `metrics[${index}]`);
    return html`<tr role="row">
      <td role="cell" class="name">
        ${metric.label} ${refused ? html`<small class="refusal">${refused}</small>` : nothing}
      </td>
      <td role="cell" data-label="Name"><code>${metric.name}</code></td>
      <td role="cell" data-label="Measures">${readMetric(metric)}</td>
      <td role="cell">
        <span class="acts">
          <wa-button
            size="s"
            appearance="outlined"
            title="Edit ${metric.label}"
            @click=${() => (this.editing = index)}
            >Edit</wa-button
          >
          <wa-button
            size="s"
            appearance="outlined"
            title="Remove ${metric.label}"
            @click=${() => this.#tell(this.metrics.filter((_, at) => at !== index))}
            >Remove</wa-button
          >
        </span>
      </td>
    </tr>`;
  }

  #keep(metric: Metric): void {
    const { metrics } = this;
    const at = this.editing ?? metrics.length;
    this.#tell([...metrics.slice(0, at), metric, ...metrics.slice(at + 1)]);
  }

  #tell(metrics: Metric[]): void {
    this.dispatchEvent(new CustomEvent('app-changed', { detail: metrics }));
  }
}

import type { ListedChart } from '@aracari/api';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { baseStyles } from '../base-styles.js';
import { nameOfType } from '../charts/chart-types.js';
import '../parts/app-empty-state.js';

/**
 * Dialog with all charts, to put one on the dashboard or to make a new one.
 * @fires app-chosen - Detail is the chart.
 * @fires app-closed - The dialog has closed.
 */
@customElement('app-add-chart')
export class AppAddChart extends LitElement {
  @property({ type: Boolean }) open = false;
  @property({ attribute: false }) charts: ListedChart[] = [];
  /** Ids of charts that the dashboard shows already. */
  @property({ attribute: false }) used: ReadonlySet<string> = new Set();
  @property({ attribute: false }) dashboardId = '';
  @state() private sought = '';

  static override styles = [
    baseStyles,
    css`
      wa-dialog {
        --width: 36rem;
      }
      wa-input::part(form-control-label) {
        position: absolute;
        clip-path: inset(50%);
      }
      .list {
        display: grid;
        gap: 0.25rem;
        max-height: 22rem;
        margin-block-start: 0.75rem;
        overflow: auto;
      }
      button {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr) auto;
        gap: 0.75rem;
        align-items: center;
        width: 100%;
        padding: 0.5rem 0.6rem;
        border: 0;
        border-radius: var(--wa-border-radius-m);
        background: none;
        color: inherit;
        font: inherit;
        text-align: start;
        cursor: pointer;
      }
      button:hover {
        background: var(--wa-color-neutral-fill-quiet);
      }
      button:focus-visible {
        outline: var(--wa-focus-ring);
        outline-offset: -2px;
      }
      button > wa-icon {
        color: var(--wa-color-brand-on-quiet);
        font-size: 1.25rem;
      }
      strong {
        display: block;
        font-weight: 550;
        overflow-wrap: anywhere;
      }
    `,
  ];

  override render() {
    return html`<wa-dialog label="Add a chart" ?open=${this.open} @wa-after-hide=${this.#closed}>
      ${this.open ? (this.charts.length > 0 ? this.#renderList() : this.#renderEmpty()) : nothing}
      <wa-button slot="footer" appearance="outlined" @click=${() => (this.open = false)}
        >Cancel</wa-button
      >
      ${
        this.charts.length > 0
          ? html`<wa-button slot="footer" appearance="outlined" href=${this.#newAddress}>
              <wa-icon slot="start" name="plus"></wa-icon>New chart
            </wa-button>`
          : nothing
      }
    </wa-dialog>`;
  }

  #renderList() {
    const sought = this.sought.trim().toLowerCase();
    const shown = this.charts.filter(({ name, tableLabel }) =>
      `${name}\n${tableLabel}`.toLowerCase().includes(sought),
    );
    return html`<wa-input
        autofocus
        label="Search charts"
        type="search"
        size="s"
        placeholder="Search charts"
        autocomplete="off"
        @input=${(event: Event) => (this.sought = (event.target as HTMLInputElement).value ?? '')}
        ><wa-icon slot="start" name="search"></wa-icon
      ></wa-input>
      <ul class="list">
        ${shown.map((chart) => html`<li>${this.#renderChart(chart)}</li>`)}
      </ul>
      ${shown.length === 0 ? html`<p class="quiet">No chart is called so.</p>` : nothing}`;
  }

  #renderChart(chart: ListedChart) {
    const { id, name, spec, tableLabel } = chart;
    return html`<button type="button" @click=${() => this.#choose(chart)}>
      <wa-icon name="chart-${spec.type}"></wa-icon>
      <span>
        <strong>${name}</strong>
        <span class="small quiet">${nameOfType(spec.type)} of ${tableLabel}</span>
      </span>
      ${this.used.has(id) ? html`<span class="small quiet">On this dashboard</span>` : nothing}
    </button>`;
  }

  #renderEmpty() {
    return html`<app-empty-state icon="charts" heading="No charts yet">
      Make the first one: it comes onto this dashboard when it is saved.
      <wa-button slot="action" variant="brand" href=${this.#newAddress}>New chart</wa-button>
    </app-empty-state>`;
  }

  get #newAddress(): string {
    return `/charts/new?dashboard=${encodeURIComponent(this.dashboardId)}`;
  }

  #choose(chart: ListedChart): void {
    this.open = false;
    this.dispatchEvent(new CustomEvent('app-chosen', { detail: chart }));
  }

  #closed(event: Event): void {
    if (event.target !== event.currentTarget) return;
    this.open = false;
    this.sought = '';
    this.dispatchEvent(new Event('app-closed'));
  }
}

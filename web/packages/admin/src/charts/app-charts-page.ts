import { deleteChart, type ListedChart, listCharts } from '@aracari/api';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { baseStyles, formStyles } from '../base-styles.js';
import { Loading } from '../loading.js';
import '../parts/app-confirm.js';
import '../parts/app-empty-state.js';
import { tableStyles } from '../table-styles.js';
import { nameOfType } from './chart-types.js';

/** All charts: what they are drawn as, of which table, and on which dashboards. */
@customElement('app-charts-page')
export class AppChartsPage extends LitElement {
  @state() private sought = '';
  @state() private deleting?: ListedChart | undefined;
  readonly #charts = new Loading(this, listCharts);

  static override styles = [
    baseStyles,
    formStyles,
    tableStyles,
    css`
      .head {
        display: flex;
        flex-wrap: wrap;
        justify-content: space-between;
        align-items: center;
        gap: 0.75rem;
        margin-block-end: 1.5rem;
      }
      .panel {
        padding: 0.5rem 1.5rem 0.75rem;
        border: 1px solid var(--wa-color-surface-border);
        border-radius: var(--wa-border-radius-l);
        background: var(--app-panel);
        box-shadow: var(--app-shadow);
      }
      wa-input {
        max-width: 18rem;
        margin-block: 0.75rem;
      }
      wa-input::part(form-control-label) {
        position: absolute;
        clip-path: inset(50%);
      }
      .chart {
        display: flex;
        align-items: center;
        gap: 0.6rem;
      }
      .chart wa-icon {
        flex: none;
        color: var(--wa-color-brand-on-quiet);
        font-size: 1.2rem;
      }
      @media (max-width: 760px) {
        .panel {
          padding-inline: 1rem;
        }
        wa-input {
          max-width: none;
        }
      }
    `,
  ];

  override render() {
    return html`<div class="head">
        <h1>Charts</h1>
        <wa-button variant="brand" href="/charts/new">
          <wa-icon slot="start" name="plus"></wa-icon>New chart
        </wa-button>
      </div>
      ${this.#charts.render((list) => (list.length > 0 ? this.#renderList(list) : renderEmpty()))}
      ${this.#renderDeleting()}`;
  }

  #renderList(list: ListedChart[]) {
    const sought = this.sought.trim().toLowerCase();
    const shown = list.filter(({ name, tableLabel }) =>
      `${name}\n${tableLabel}`.toLowerCase().includes(sought),
    );
    return html`<div class="panel">
      <wa-input
        label="Search charts"
        type="search"
        size="s"
        with-clear
        placeholder="Search charts"
        autocomplete="off"
        @input=${(event: Event) => (this.sought = (event.target as HTMLInputElement).value ?? '')}
        @wa-clear=${() => (this.sought = '')}
        ><wa-icon slot="start" name="search"></wa-icon
      ></wa-input>
      ${shown.length > 0 ? this.#renderTable(shown) : html`<p class="quiet">No chart is called so.</p>`}
    </div>`;
  }

  #renderTable(list: ListedChart[]) {
    return html`<table role="table">
      <thead role="rowgroup">
        <tr role="row">
          ${['Chart', 'Type', 'Table', 'Dashboards'].map(
            (column) => html`<th role="columnheader" scope="col">${column}</th>`,
          )}
          <th role="columnheader" scope="col"><span class="hidden-text">Actions</span></th>
        </tr>
      </thead>
      <tbody role="rowgroup">
        ${list.map((chart) => this.#renderRow(chart))}
      </tbody>
    </table>`;
  }

  #renderRow(chart: ListedChart) {
    const { id, name, spec, tableLabel, dashboards } = chart;
    return html`<tr role="row">
      <td role="cell" class="name">
        <span class="chart">
          <wa-icon name="chart-${spec.type}"></wa-icon>
          <a href="/charts/${encodeURIComponent(id)}">${name}</a>
        </span>
      </td>
      <td role="cell" data-label="Type">${nameOfType(spec.type)}</td>
      <td role="cell" data-label="Table">
        <a href="/tables/${encodeURIComponent(spec.table)}/structure">${tableLabel}</a>
      </td>
      <td role="cell" data-label="Dashboards" class=${dashboards.length === 0 ? 'no' : ''}>
        <span>
          ${dashboards.map(
            (each, index) =>
              html`${index > 0 ? ', ' : nothing}<a href="/dashboards/${encodeURIComponent(each.id)}"
                  >${each.name}</a
                >`,
          )}
        </span>
      </td>
      <td role="cell" class="act">
        <wa-button
          size="s"
          appearance="plain"
          title="Delete ${name}"
          @click=${() => (this.deleting = chart)}
        >
          <wa-icon name="trash" label="Delete ${name}"></wa-icon>
        </wa-button>
      </td>
    </tr>`;
  }

  #renderDeleting() {
    const chart = this.deleting;
    return html`<app-confirm
      heading="Delete this chart?"
      verb="Delete chart"
      ?open=${Boolean(chart)}
      .deed=${async () => chart && deleteChart(chart.id, { force: chart.dashboards.length > 0 })}
      @app-done=${() => this.#charts.reload()}
      @app-closed=${() => (this.deleting = undefined)}
    >
      <p>${chart ? describeDeletion(chart) : nothing}</p>
    </app-confirm>`;
  }
}

/** What goes with a chart. */
export function describeDeletion({
  name,
  dashboards,
}: Pick<ListedChart, 'name' | 'dashboards'>): string {
  const where = dashboards.map((each) => each.name).join(', ');
  return where
    ? `“${name}” also disappears from ${where}. This cannot be undone.`
    : `“${name}” is on no dashboard. This cannot be undone.`;
}

function renderEmpty() {
  return html`<app-empty-state icon="charts" heading="No charts yet">
    A chart shows metrics of a table by its dimensions, without SQL.
    <wa-button slot="action" variant="brand" href="/charts/new">Make the first chart</wa-button>
  </app-empty-state>`;
}

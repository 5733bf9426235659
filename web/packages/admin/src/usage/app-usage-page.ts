import { type Chart, getUsage, type Usage, usageExportAddress } from '@aracari/api';
import '@aracari/charts';
import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { appearance } from '../appearance.js';
import { baseStyles, formStyles } from '../base-styles.js';
import { Following } from '../following.js';
import { Loading } from '../loading.js';
import '../parts/app-empty-state.js';
import '../parts/app-panel.js';
import { tableStyles } from '../table-styles.js';
import { formatDay } from '../time.js';
import { everyDay } from './every-day.js';

const spans = [7, 30, 90, 365];
const viewsChart: Chart = { id: 'views', name: 'Views by day', type: 'line' };
/** On average; what takes longer is worth a look. */
const slowMilliseconds = 1000;
const whole = new Intl.NumberFormat('en');

type Cell = TemplateResult | string;

/** Who looks at which dashboards, and which charts are slow or fail. */
@customElement('app-usage-page')
export class AppUsagePage extends LitElement {
  @state() private days = 30;
  readonly #usage = new Loading(this, (signal) => getUsage(this.days, signal));

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
      .actions {
        display: flex;
        align-items: center;
        gap: 0.75rem;
      }
      wa-select {
        width: 10rem;
      }
      wa-select::part(form-control-label) {
        position: absolute;
        clip-path: inset(50%);
      }
      .parts {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 1.25rem;
      }
      aracari-chart-view {
        height: 260px;
      }
      .bad {
        color: var(--wa-color-danger-on-quiet);
        font-weight: 600;
      }
      td:not(.name),
      th:not(:first-child) {
        text-align: end;
        font-variant-numeric: tabular-nums;
      }
    `,
  ];

  constructor() {
    super();
    new Following(this, appearance);
  }

  override render() {
    return html`<div class="head">
        <h1>Usage</h1>
        <div class="actions">
          <wa-select
            label="Period"
            size="s"
            value=${String(this.days)}
            @change=${(event: Event) => this.#choose(Number((event.target as HTMLInputElement).value))}
          >
            ${spans.map((days) => html`<wa-option value=${String(days)}>Last ${days} days</wa-option>`)}
          </wa-select>
          <wa-button size="s" appearance="outlined" href=${usageExportAddress(this.days)} download
            >Export CSV</wa-button
          >
        </div>
      </div>
      ${this.#usage.render((usage) => (usage.days.length + usage.charts.length > 0 ? renderUsage(usage) : renderEmpty()))}`;
  }

  #choose(days: number): void {
    this.days = days;
    void this.#usage.reload();
  }
}

function renderEmpty() {
  return html`<app-empty-state icon="usage" heading="No views yet">
    Here you will see which end users look at which dashboards, and which charts are slow. Only
    tokens of production count: neither the sandbox nor your own visits do.
  </app-empty-state>`;
}

function renderUsage(usage: Usage) {
  return html`<div class="parts">
    <app-panel heading="Views by day">
      <span slot="description">
        A view is one end user at one dashboard; coming back within half an hour is the same view.
        Days are UTC. The sandbox does not count.
      </span>
      <div class="aracari-theme ${appearance.scheme === 'dark' ? 'dark' : ''}">
        <aracari-chart-view
          .chart=${viewsChart}
          .columns=${everyDay(usage, Date.now())}
          .theme=${appearance.scheme}
        ></aracari-chart-view>
      </div>
    </app-panel>
    <app-panel heading="Dashboards">${renderDashboards(usage)}</app-panel>
    <app-panel heading="End users">${renderEndUsers(usage)}</app-panel>
    <app-panel heading="Charts">
      <span slot="description"
        >Those that take longest first, the time from the cache included.</span
      >
      ${renderCharts(usage)}
    </app-panel>
  </div>`;
}

function renderDashboards({ dashboards }: Usage) {
  return renderTable(
    ['Dashboard', 'Views', 'End users'],
    dashboards.map(({ id, name, views, endUsers }) => [
      name === null
        ? 'Deleted dashboard'
        : html`<a href="/dashboards/${encodeURIComponent(id)}">${name}</a>`,
      whole.format(views),
      whole.format(endUsers),
    ]),
  );
}

function renderEndUsers({ endUsers }: Usage) {
  return renderTable(
    ['End user', 'Views', 'Dashboards', 'Last seen'],
    endUsers.map(({ distinctId, views, dashboards, lastDay }) => [
      distinctId,
      whole.format(views),
      whole.format(dashboards),
      formatDay(lastDay),
    ]),
  );
}

function renderCharts({ charts }: Usage) {
  return renderTable(
    ['Chart', 'Average', 'Slowest', 'Failed', 'Asked for'],
    charts.map(({ id, name, ...chart }) => [
      name === null
        ? 'Deleted chart'
        : html`<a href="/charts/${encodeURIComponent(id)}">${name}</a>`,
      mark(
        `${whole.format(chart.averageMilliseconds)} ms`,
        chart.averageMilliseconds >= slowMilliseconds,
      ),
      `${whole.format(chart.slowestMilliseconds)} ms`,
      mark(whole.format(chart.failures), chart.failures > 0),
      whole.format(chart.runs),
    ]),
  );
}

function mark(text: string, bad: boolean): Cell {
  return bad ? html`<span class="bad">${text}</span>` : text;
}

function renderTable(heads: string[], rows: Cell[][]) {
  if (rows.length === 0) return html`<p class="quiet">None in this time.</p>`;
  return html`<table role="table">
    <thead role="rowgroup">
      <tr role="row">
        ${heads.map((head) => html`<th role="columnheader" scope="col">${head}</th>`)}
      </tr>
    </thead>
    <tbody role="rowgroup">
      ${rows.map(
        (row) =>
          html`<tr role="row">
            ${row.map(
              (cell, i) =>
                html`<td role="cell" class=${i === 0 ? 'name' : ''} data-label=${heads[i] ?? ''}>
                  ${cell}
                </td>`,
            )}
          </tr>`,
      )}
    </tbody>
  </table>`;
}

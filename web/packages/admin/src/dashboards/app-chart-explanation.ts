import type { ChartExplanation, ExplainedChart, ExplainedTable } from '@aracari/api';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { baseStyles } from '../base-styles.js';
import '../parts/app-access-mark.js';
import '../parts/app-badge.js';
import '../parts/app-panel.js';
import { partBarStyles, renderPartBar } from '../part-bar.js';
import '../tables/app-decision.js';
import '../tables/app-sql.js';
import './app-time-bar.js';
import { describeCache, describeScan, formatMilliseconds, totalOf } from './dashboard-words.js';

/**
 * One chart of a dashboard, explained, or the reason why it is refused.
 * @fires app-plan-wanted - The engine's plan is to be asked for.
 */
@customElement('app-chart-explanation')
export class AppChartExplanation extends LitElement {
  @property({ attribute: false }) explained!: ExplainedChart;
  /** Undefined until it is asked for; empty where the engine tells none. */
  @property({ attribute: false }) plan?: string | undefined;
  @property({ type: Boolean }) planning = false;

  static override styles = [
    baseStyles,
    partBarStyles,
    css`
      .chart,
      .table {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 1rem;
      }
      .table {
        gap: 0.625rem;
      }
      h3 {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0.25rem 0.625rem;
      }
      .rules {
        display: flex;
        flex-wrap: wrap;
        gap: 0.25rem 0.625rem;
        font-size: var(--wa-font-size-s);
      }
      h4 {
        margin: 0 0 0.4rem;
        font-size: var(--wa-font-size-s);
        font-weight: 600;
      }
      .quiet + app-sql {
        margin-block-start: 0.5rem;
      }
      .marks {
        display: flex;
        flex-wrap: wrap;
        gap: 0.4rem;
      }
    `,
  ];

  override render() {
    const { explained } = this;
    if ('refused' in explained)
      return html`<app-panel heading=${explained.title}>
        <wa-callout variant="warning" size="s">
          <wa-icon slot="icon" name="warning"></wa-icon>
          <strong>Refused.</strong> ${explained.refused.message}
          <code>${explained.refused.code}</code>
        </wa-callout>
      </app-panel>`;
    return this.#renderExplanation(explained);
  }

  #renderExplanation(chart: ChartExplanation) {
    return html`<app-panel heading=${chart.title}>
      <span slot="action" class="marks">
        <app-badge variant=${chart.cache === 'miss' ? 'neutral' : 'success'}
          >${describeCache(chart)}</app-badge
        >
        <app-badge>${formatMilliseconds(totalOf(chart.milliseconds))}</app-badge>
      </span>
      <div class="chart">
        ${chart.tables.map((table) => this.#renderTable(table))}
        <div>
          <h4>Time</h4>
          <app-time-bar .times=${chart.milliseconds}></app-time-bar>
        </div>
        ${(chart.scan ?? []).map((scan) => renderScan(scan, chart.tables))}
        <div>
          <h4>Final SQL</h4>
          <app-sql .sql=${chart.sql} .values=${chart.arguments}></app-sql>
        </div>
        ${chart.suggestedIndex?.length ? renderSuggestion(chart.suggestedIndex) : nothing}
        ${this.#renderPlan()}
      </div>
    </app-panel>`;
  }

  #renderPlan() {
    if (this.plan === undefined)
      return html`<div>
        <wa-button
          size="s"
          appearance="outlined"
          ?loading=${this.planning}
          @click=${() => this.dispatchEvent(new Event('app-plan-wanted'))}
          >Show the engine’s plan</wa-button
        >
      </div>`;
    return html`<div>
      <h4>The engine’s plan</h4>
      ${
        this.plan
          ? html`<pre tabindex="0" aria-label="Plan">${this.plan}</pre>`
          : html`<p class="small quiet">This engine tells no plan.</p>`
      }
    </div>`;
  }

  #renderTable(table: ExplainedTable) {
    return html`<div class="table">
      <h3>
        <a href="/tables/${encodeURIComponent(table.id)}/rules">${table.label}</a>
        <app-access-mark access=${table.access}></app-access-mark>
      </h3>
      ${
        table.rules.length > 0
          ? html`<ul class="rules" aria-label="Rules">
              ${table.rules.map(
                ({ name, applies }) =>
                  html`<li>
                    <app-badge variant=${applies ? 'brand' : 'neutral'}
                      >${applies ? 'Applies' : 'Does not apply'}</app-badge
                    >
                    ${name}
                  </li>`,
              )}
            </ul>`
          : nothing
      }
      <app-decision .decision=${table}></app-decision>
    </div>`;
  }
}

type Scan = NonNullable<ChartExplanation['scan']>[number];

function renderScan(scan: Scan, tables: ExplainedTable[]) {
  return html`<div>
    <h4>Row groups read${tables.length > 1 ? ` of ${scan.table}` : ''}</h4>
    <p class="small">${describeScan(scan)}</p>
    ${renderPartBar(scan.rowGroupsRead, scan.rowGroups)}
  </div>`;
}

function renderSuggestion(statements: string[]) {
  return html`<div>
    <h4>Suggested index</h4>
    <p class="small quiet">
      For whoever keeps the database: with it, a viewer’s own rows are found without reading the
      others.
    </p>
    <app-sql label="Suggested index" .sql=${statements.join('\n')}></app-sql>
  </div>`;
}

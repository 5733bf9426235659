import type { ChartExplanation, ExplainedChart, ExplainedTable } from '@aracari/api';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { baseStyles } from '../base-styles.js';
import '../parts/app-access-mark.js';
import '../parts/app-badge.js';
import '../parts/app-panel.js';
import '../tables/app-decision.js';
import '../tables/app-sql.js';
import './app-time-bar.js';
import { describeCache, formatMilliseconds, totalOf } from './dashboard-words.js';

/** One chart of a dashboard, explained, or the reason why it is refused. */
@customElement('app-chart-explanation')
export class AppChartExplanation extends LitElement {
  @property({ attribute: false }) explained!: ExplainedChart;

  static override styles = [
    baseStyles,
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
        <div>
          <h4>Final SQL</h4>
          <app-sql .sql=${chart.sql} .values=${chart.arguments}></app-sql>
        </div>
      </div>
    </app-panel>`;
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

import type { Chart, Column } from '@aracari/api';
import { css, html, LitElement, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import './aracari-chart-plot.js';
import './aracari-chart-table.js';
import './aracari-chart-value.js';
import { isEmptyResult } from './chart-columns.js';
import { defineElement } from './define-element.js';
import type { Theme } from './theme.js';

/** One chart of any type, drawn from its result. It fills its box. Colours come from the theme around it. */
export class AracariChartView extends LitElement {
  /** What to draw. */
  @property({ attribute: false }) chart!: Chart;
  /** Its result. */
  @property({ attribute: false }) columns: readonly Column[] = [];
  /** The theme in force around this element. */
  @property({ attribute: false }) theme: Theme = 'light';
  /** Language of numbers, dates and words (BCP 47); the browser's own when empty. */
  @property() locale = '';

  protected override render(): TemplateResult {
    const { chart, columns } = this;
    if (isEmptyResult(columns)) return html`<p>No data</p>`;
    if (chart.type === 'value')
      return html`<aracari-chart-value .columns=${columns}></aracari-chart-value>`;
    if (chart.type === 'table') {
      return html`
        <aracari-chart-table .label=${chart.name} .columns=${columns}></aracari-chart-table>
      `;
    }
    return html`
      <aracari-chart-plot
        .chart=${chart}
        .columns=${columns}
        .theme=${this.theme}
      ></aracari-chart-plot>
    `;
  }

  static override readonly styles = css`
    :host {
      display: flex;
      flex-direction: column;
      min-height: 0;
    }
    :host > * {
      flex: 1;
      min-height: 0;
    }
    p {
      margin: auto;
      color: var(--_muted);
    }
  `;
}

defineElement('aracari-chart-view', AracariChartView);

declare global {
  interface HTMLElementTagNameMap {
    'aracari-chart-view': AracariChartView;
  }
}

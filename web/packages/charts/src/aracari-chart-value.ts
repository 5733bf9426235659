import type { Column } from '@aracari/api';
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { metricsOf } from './chart-columns.js';
import { formatValue, splitUnit } from './chart-values.js';
import { defineElement } from './define-element.js';

/** One number, large; further metrics of the same result stand below it, small. */
export class AracariChartValue extends LitElement {
  /** A result of one row. */
  @property({ attribute: false }) columns: readonly Column[] = [];

  protected override render(): TemplateResult {
    const [first, ...others] = metricsOf(this.columns);
    if (!first) return html``;
    const { number, unit } = splitUnit(first, first.values[0]);
    return html`
      <div class="number">${number}${unit ? html`<span class="unit">${unit}</span>` : nothing}</div>
      ${others.map((metric) => html`<div class="other">${metric.label} ${formatValue(metric, metric.values[0])}</div>`)}
    `;
  }

  // A long number becomes smaller, so that it never runs out of its card.
  protected override updated(): void {
    const metric = metricsOf(this.columns)[0];
    if (!metric) return;
    const { number, unit } = splitUnit(metric, metric.values[0]);
    this.style.setProperty('--_characters', String(number.length + (unit.length + 1) / 2));
  }

  static override readonly styles = css`
    :host {
      display: flex;
      flex-direction: column;
      justify-content: center;
      container-type: inline-size;
      color: var(--_text);
    }
    .number {
      font-size: clamp(15px, 160cqi / var(--_characters, 10), 40px);
      font-weight: 600;
      font-variant-numeric: tabular-nums;
      letter-spacing: -0.025em;
      line-height: 1.15;
      white-space: nowrap;
    }
    .unit {
      margin-left: 0.3em;
      color: var(--_muted);
      font-size: 0.5em;
      font-weight: 500;
      letter-spacing: 0;
    }
    .other {
      color: var(--_muted);
      font-size: 13px;
    }
  `;
}

defineElement('aracari-chart-value', AracariChartValue);

declare global {
  interface HTMLElementTagNameMap {
    'aracari-chart-value': AracariChartValue;
  }
}

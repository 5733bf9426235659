import type { Chart, Column } from '@aracari/api';
import { css, html, LitElement, nothing, svg, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { dimensionsOf, drawnNumber, metricsOf } from './chart-columns.js';
import { formatShare, formatValue, splitUnit } from './chart-values.js';
import { defineElement } from './define-element.js';
import { type Language, languageOf } from './language.js';
import { type SeriesTable, tabulate } from './series-table.js';

/**
 * One number, large; further metrics of the same result stand below it, small. Over a time dimension: the last period,
 * how it compares to the one before, and all of them as a spark line.
 */
export class AracariChartValue extends LitElement {
  @property({ attribute: false }) chart: Chart | undefined;
  /** A result of one row, or of one row for each period. */
  @property({ attribute: false }) columns: readonly Column[] = [];
  @property({ attribute: false }) language: Language = languageOf();

  protected override render(): TemplateResult {
    const [first, ...others] = metricsOf(this.columns);
    if (!first) return html``;
    const periods = dimensionsOf(this.columns).length > 0 ? this.#periods() : undefined;
    const value = this.#shownValue(first, periods);
    const { number, unit } = splitUnit(first, value, this.language);
    return html`
      <div class="number">${number}${unit ? html`<span class="unit">${unit}</span>` : nothing}</div>
      ${periods ? this.#renderPeriods(first, periods) : nothing}
      ${
        periods
          ? nothing
          : others.map(
              (metric) => html`
                <div class="other">
                  ${metric.label} ${formatValue(metric, metric.values[0], this.language)}
                </div>
              `,
            )
      }
    `;
  }

  // A long number becomes smaller, so that it never runs out of its card.
  protected override updated(): void {
    const metric = metricsOf(this.columns)[0];
    if (!metric) return;
    const periods = dimensionsOf(this.columns).length > 0 ? this.#periods() : undefined;
    const value = this.#shownValue(metric, periods);
    const { number, unit } = splitUnit(metric, value, this.language);
    this.style.setProperty('--_characters', String(number.length + (unit.length + 1) / 2));
  }

  #periods(): SeriesTable {
    return tabulate(this.columns, this.language, { inOrder: true });
  }

  #shownValue(metric: Column, periods: SeriesTable | undefined): Column['values'][number] {
    if (!periods) return metric.values[0] ?? null;
    return periods.series[0]?.values[periods.count - 1] ?? null;
  }

  #renderPeriods(metric: Column, periods: SeriesTable): TemplateResult {
    const values = (periods.series[0]?.values ?? []).map(drawnNumber);
    const last = periods.count - 1;
    const [now = null, before = null] = [values[last], values[last - 1]];
    const compared = this.chart?.options?.comparison === 'previous' && last > 0;
    return html`
      <div class="other">
        ${periods.nameOf(last)}
        ${compared ? this.#renderChange(metric, now, before, periods.nameOf(last - 1)) : nothing}
      </div>
      ${values.length > 1 ? renderSpark(values, this.language.rightToLeft) : nothing}
    `;
  }

  /** A share is compared in points, everything else in parts of what it was. */
  #renderChange(
    metric: Column,
    now: number | null,
    before: number | null,
    period: string,
  ): TemplateResult | typeof nothing {
    if (now === null || before === null || (before === 0 && now !== 0)) return nothing;
    const change = before === 0 ? 0 : (now - before) / Math.abs(before);
    const arrow = change > 0 ? '▲' : change < 0 ? '▼' : '●';
    const share = formatShare(Math.abs(change), this.language);
    const was = formatValue(metric, before, this.language);
    return html`<span class="change" title=${`${period}: ${was}`}
      ><span aria-hidden="true">${arrow}</span>
      <bdi>${change < 0 ? '−' : change > 0 ? '+' : ''}${share}</bdi>
      <span class="period">${this.language.texts.against(period)}</span></span
    >`;
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
      margin-inline-start: 0.3em;
      color: var(--_muted);
      font-size: 0.5em;
      font-weight: 500;
      letter-spacing: 0;
    }
    .number,
    .other {
      flex: none;
    }
    .other {
      color: var(--_muted);
      font-size: 13px;
      line-height: 22px;
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    .change {
      margin-inline-start: 6px;
      padding: 1px 7px;
      border-radius: 9px;
      background: var(--_hover);
      color: var(--_text);
      font-size: 12px;
      font-weight: 500;
      font-variant-numeric: tabular-nums;
    }
    .change [aria-hidden] {
      color: var(--_accent);
      font-size: 9px;
    }
    .period {
      color: var(--_muted);
      font-weight: 400;
    }
    svg {
      flex: 0 1 56px;
      width: 100%;
      min-height: 0;
      margin-top: 4px;
      overflow: visible;
    }
    .line {
      fill: none;
      stroke: var(--_series-1);
      stroke-width: 2;
      stroke-linejoin: round;
      stroke-linecap: round;
      vector-effect: non-scaling-stroke;
    }
    .ground {
      fill: var(--_series-1);
      opacity: 0.12;
    }
  `;
}

/** A line without axes, in a box of 100 by 30 that is stretched. */
function renderSpark(values: readonly (number | null)[], rightToLeft: boolean): TemplateResult {
  const known = values.filter((value) => value !== null);
  const [least, most] = [Math.min(...known), Math.max(...known)];
  const last = values.length - 1;
  const points = values.flatMap((value, index) => {
    if (value === null) return [];
    const x = (index / last) * 100;
    const y = most === least ? 15 : 29 - ((value - least) / (most - least)) * 28;
    return [`${(rightToLeft ? 100 - x : x).toFixed(2)},${y.toFixed(2)}`];
  });
  const path = `M${points.join('L')}`;
  const [first = '0', end = '0'] = [points[0], points.at(-1)].map((point) => point?.split(',')[0]);
  return html`<svg viewBox="0 0 100 30" preserveAspectRatio="none" aria-hidden="true">
    ${svg`<path class="ground" d=${`${path}L${end},30L${first},30Z`} /><path class="line" d=${path} />`}
  </svg>`;
}

defineElement('aracari-chart-value', AracariChartValue);

declare global {
  interface HTMLElementTagNameMap {
    'aracari-chart-value': AracariChartValue;
  }
}

import type { Column } from '@aracari/api';
import { css, html, type TemplateResult } from 'lit';
import { metricsOf, nameCategory } from './chart-columns.js';
import { formatValue } from './chart-values.js';
import { seriesCount } from './theme.js';

/** What the tip of a plot says about one category. Data goes in as text only. */
export function renderTip(columns: readonly Column[], index: number): TemplateResult {
  const rows = metricsOf(columns).map(
    (metric, series) => html`
      <div class="tip-row">
        <span class="dot series-${(series % seriesCount) + 1}"></span>
        <span class="tip-label">${metric.label}</span>
        <span class="tip-value">${formatValue(metric, metric.values[index])}</span>
      </div>
    `,
  );
  return html`<div class="tip-name">${nameCategory(columns, index)}</div>
    ${rows}`;
}

/** The key of the series' colours, for plots with more than one. */
export function renderLegend(columns: readonly Column[]): TemplateResult {
  const entries = metricsOf(columns).map(
    (metric, series) =>
      html`<li><span class="dot series-${(series % seriesCount) + 1}"></span>${metric.label}</li>`,
  );
  return html`<ul class="legend">
    ${entries}
  </ul>`;
}

/**
 * Puts the tip beside the pointer, on the side where there is more room, within the stage. Through the object model:
 * a host page's policy may forbid style attributes.
 */
export function placeTip(
  tip: HTMLElement,
  stage: HTMLElement,
  point: { x: number; y: number },
): void {
  const space = 14;
  const left =
    point.x > stage.clientWidth / 2 ? point.x - tip.offsetWidth - space : point.x + space;
  const top = point.y - tip.offsetHeight / 2;
  const inside = (value: number, size: number) => Math.max(0, Math.min(value, size));
  const x = inside(left, stage.clientWidth - tip.offsetWidth);
  const y = inside(top, stage.clientHeight - tip.offsetHeight);
  tip.style.transform = `translate(${Math.round(x)}px, ${Math.round(y)}px)`;
}

export const tipStyles = css`
  .tip {
    position: absolute;
    inset: 0 auto auto 0;
    z-index: 1;
    box-sizing: border-box;
    max-width: min(280px, 100%);
    padding: 8px 12px;
    border: 1px solid var(--_border);
    border-radius: 8px;
    background: var(--_surface);
    box-shadow: var(--_float);
    color: var(--_text);
    font-size: 12px;
    line-height: 18px;
    pointer-events: none;
  }
  .tip[hidden] {
    display: none;
  }
  .tip-name {
    margin-bottom: 2px;
    font-weight: 600;
    overflow-wrap: anywhere;
  }
  .tip-row {
    display: flex;
    align-items: center;
    gap: 8px;
  }
  .tip-label {
    color: var(--_muted);
  }
  .tip-value {
    margin-left: auto;
    padding-left: 12px;
    font-variant-numeric: tabular-nums;
    font-weight: 500;
    white-space: nowrap;
  }
  .legend {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 16px;
    margin: 0 0 8px;
    padding: 0;
    list-style: none;
    color: var(--_muted);
    font-size: 12px;
  }
  .legend li {
    display: flex;
    align-items: center;
    gap: 6px;
  }
  .dot {
    flex: none;
    width: 8px;
    height: 8px;
    border-radius: 3px;
  }
  .series-1 {
    background: var(--_series-1);
  }
  .series-2 {
    background: var(--_series-2);
  }
  .series-3 {
    background: var(--_series-3);
  }
  .series-4 {
    background: var(--_series-4);
  }
  .series-5 {
    background: var(--_series-5);
  }
  .series-6 {
    background: var(--_series-6);
  }
`;

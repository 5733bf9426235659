import { css, html, nothing, type TemplateResult, unsafeCSS } from 'lit';
import type { Language } from './language.js';
import type { Place } from './drawer.js';
import type { HeatmapModel, LegendEntry, Tip } from './plot-model.js';

/** More rows than this hide the picture. */
const mostTipRows = 12;

/** What the tip says about a place of a plot. Data goes in as text only. */
export function renderTip({ title, rows }: Tip, { texts }: Language): TemplateResult {
  const left = rows.length - mostTipRows;
  return html`
    <div class="tip-name">${title}</div>
    ${rows.slice(0, mostTipRows).map(
      ({ label, value, paint }) => html`
        <div class="tip-row">
          ${paint ? html`<span class="dot ${paint}"></span>` : nothing}
          <span class="tip-label">${label}</span>
          <span class="tip-value">${value}</span>
        </div>
      `,
    )}
    ${left > 0 ? html`<div class="tip-label">${texts.more(String(left))}</div>` : nothing}
  `;
}

/** The key of the series' colours. A click hides or shows one. */
export function renderLegend(
  entries: readonly LegendEntry[],
  hidden: ReadonlySet<string>,
  toggle: (key: string) => void,
  { texts }: Language,
): TemplateResult {
  const items = entries.map(({ key, label, paint, value }) => {
    const shown = !hidden.has(key);
    const hint = shown ? texts.hideSeries(label) : texts.showSeries(label);
    return html`
      <li>
        <button type="button" aria-pressed=${shown} title=${hint} @click=${() => toggle(key)}>
          <span class="dot ${paint}"></span><span class="legend-label">${label}</span>${
            value === undefined ? nothing : html`<span class="legend-value">${value}</span>`
          }
        </button>
      </li>
    `;
  });
  return html`<ul class="legend" part="legend">
    ${items}
  </ul>`;
}

/** The scale of a heatmap's colours. */
export function renderRamp({ leastText, mostText }: HeatmapModel): TemplateResult {
  return html`<div class="ramp" aria-hidden="true">
    <span>${leastText}</span><i></i><span>${mostText}</span>
  </div>`;
}

/**
 * Puts the tip beside the pointer, on the side where there is more room, within the frame. Through the object model:
 * a host page's policy may forbid style attributes.
 */
export function placeTip(
  tip: HTMLElement,
  frame: HTMLElement,
  point: { x: number; y: number },
): void {
  const space = 14;
  const y = point.y - frame.scrollTop;
  const left =
    point.x > frame.clientWidth / 2 ? point.x - tip.offsetWidth - space : point.x + space;
  const inside = (value: number, size: number) => Math.max(0, Math.min(value, size));
  const x = inside(left, frame.clientWidth - tip.offsetWidth);
  const top = inside(y - tip.offsetHeight / 2, frame.clientHeight - tip.offsetHeight);
  tip.style.transform = `translate(${Math.round(x)}px, ${Math.round(top + frame.scrollTop)}px)`;
}

/** Puts what marks the category in question behind the picture: a shade as wide as its band, or a line. */
export function placePointer(pointer: HTMLElement, place: Place | null): void {
  const band = place?.band;
  pointer.hidden = !band;
  if (!band) return;
  pointer.classList.toggle('line', band.width === 0);
  pointer.style.width = `${Math.max(1, band.width)}px`;
  pointer.style.height = `${band.height}px`;
  pointer.style.transform = `translate(${Math.round(band.left)}px, ${Math.round(band.top)}px)`;
}

const paintNames = [
  ...Array.from({ length: 10 }, (_, index) => `series-${index + 1}`),
  ...['good', 'warning', 'bad', 'accent', 'neutral'],
];

/** A background for each colour's class name. */
const paints = paintNames.map(
  (name) => css`
    .${literal(name)} {
      background: var(--_${literal(name)});
    }
  `,
);

function literal(name: string): ReturnType<typeof css> {
  return unsafeCSS(name);
}

export const tipStyles = [
  ...paints,
  css`
    .tip {
      position: absolute;
      left: 0;
      top: 0;
      z-index: 1;
      box-sizing: border-box;
      max-width: min(300px, 100%);
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
      min-width: 0;
      overflow: hidden;
      color: var(--_muted);
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    .tip-value {
      margin-inline-start: auto;
      padding-inline-start: 12px;
      font-variant-numeric: tabular-nums;
      font-weight: 500;
      white-space: nowrap;
    }
    .legend {
      display: flex;
      flex: none;
      flex-wrap: wrap;
      gap: 2px 4px;
      max-height: 66px;
      margin: 0 -6px 8px;
      padding: 0;
      overflow: hidden auto;
      list-style: none;
      color: var(--_muted);
      font-size: 12px;
      scrollbar-width: thin;
    }
    .legend li {
      min-width: 0;
      max-width: 100%;
    }
    .legend button {
      display: flex;
      align-items: center;
      gap: 6px;
      max-width: 100%;
      padding: 1px 6px;
      border: 0;
      border-radius: 5px;
      background: none;
      color: inherit;
      font: inherit;
      line-height: 18px;
      cursor: pointer;
    }
    .legend button:hover {
      background: var(--_hover);
      color: var(--_text);
    }
    .legend button:focus-visible {
      outline: 2px solid var(--_accent);
      outline-offset: -1px;
    }
    .legend button[aria-pressed='false'] {
      text-decoration: line-through;
      opacity: 0.55;
    }
    .legend button[aria-pressed='false'] .dot {
      background: var(--_border);
    }
    .legend-label {
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    .legend-value {
      margin-inline-start: auto;
      padding-inline-start: 10px;
      color: var(--_text);
      font-variant-numeric: tabular-nums;
      white-space: nowrap;
    }
    .dot {
      flex: none;
      width: 8px;
      height: 8px;
      border-radius: 3px;
    }
    .ramp {
      display: flex;
      flex: none;
      align-items: center;
      justify-content: flex-end;
      gap: 8px;
      margin-bottom: 8px;
      color: var(--_muted);
      font-size: 12px;
      line-height: 16px;
    }
    .ramp i {
      width: 96px;
      height: 8px;
      border-radius: 4px;
      background: linear-gradient(
        to right,
        color-mix(in srgb, var(--_series-1) 8%, var(--_surface)),
        var(--_series-1)
      );
    }
    .ramp:dir(rtl) i {
      transform: scaleX(-1);
    }
  `,
];

import type { RotationSchedule, SigningKey } from '@aracari/api';
import { css, html, LitElement, nothing, svg } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { baseStyles } from '../base-styles.js';
import { formatDay, formatMoment } from '../time.js';
import { type KeySpan, layTimeLine, type TimeLine } from './key-spans.js';
import { statusBadges } from './status-badges.js';

const headHeight = 22;
const rowHeight = 46;
const barHeight = 12;
const footHeight = 22;
/** In percent of the width, so that minutes can be seen beside months. */
const thinnestBar = 0.6;

/** The keys of one environment on a line of time: published, signing, and verifying only. */
@customElement('app-signing-key-time-line')
export class AppSigningKeyTimeLine extends LitElement {
  @property({ attribute: false }) signingKeys: SigningKey[] = [];
  @property({ attribute: false }) rotation!: RotationSchedule;

  static override styles = [
    baseStyles,
    css`
      svg {
        display: block;
        overflow: visible;
      }
      text {
        fill: var(--wa-color-text-quiet);
        font-size: 0.75rem;
        /* Stands clear of the line of now. */
        paint-order: stroke;
        stroke: var(--app-panel);
        stroke-width: 5px;
      }
      .status {
        fill: var(--wa-color-text-normal);
        font-weight: 550;
      }
      .kid {
        font-weight: 400;
        font-family: var(--wa-font-family-code);
      }
      .track {
        fill: var(--wa-color-neutral-fill-quiet);
      }
      .published {
        fill: var(--wa-color-neutral-50);
      }
      .signs {
        fill: var(--wa-color-brand-fill-loud);
      }
      .verifies {
        fill: var(--wa-color-warning-fill-normal);
        stroke: var(--wa-color-warning-border-loud);
      }
      .now {
        stroke: var(--wa-color-text-normal);
        stroke-dasharray: 2 3;
      }
      ul {
        display: flex;
        flex-wrap: wrap;
        gap: 0.25rem 1.25rem;
        margin-block-start: 0.625rem;
        color: var(--wa-color-text-quiet);
        font-size: 0.75rem;
      }
      li {
        display: flex;
        gap: 0.4rem;
        align-items: center;
      }
    `,
  ];

  override render() {
    const now = Date.now();
    const line = layTimeLine(this.signingKeys, this.rotation, now);
    if (line.spans.length === 0) return nothing;
    const foot = headHeight + line.spans.length * rowHeight;
    return html`<svg
        width="100%"
        height=${foot + footHeight}
        role="img"
        aria-label=${describe(line)}
      >
        ${line.spans.map((span, index) => renderBars(span, line, headHeight + index * rowHeight))}
        ${renderNow(place(now, line), foot)}
        ${line.spans.map((span, index) => renderLabel(span, headHeight + index * rowHeight))}
        <text x="0" y=${foot + 16}>${formatDay(line.from)}</text>
        <text x="100%" y=${foot + 16} text-anchor="end">${formatDay(line.to)}</text>
      </svg>
      <ul aria-hidden="true">
        ${[
          ['published', 'Published, not in use yet'],
          ['signs', 'Signs new tokens'],
          ['verifies', 'Verifies old tokens'],
        ].map(([kind, text]) => html`<li>${renderSwatch(kind)} ${text}</li>`)}
      </ul>`;
  }
}

function renderLabel({ key }: KeySpan, top: number) {
  return svg`<text class="status" x="0" y=${top + 13}>${statusBadges[key.status].text}
    <tspan class="kid" dx="6">${key.id}</tspan></text>`;
}

function renderBars(span: KeySpan, line: TimeLine, top: number) {
  const bar = top + 20;
  const { publishedAt, signsFrom, signsUntil, verifiesUntil } = span;
  return svg`<rect class="track" x="0" y=${bar} width="100%" height=${barHeight} rx="3"></rect>
    ${renderBar('signs', signsFrom, signsUntil, line, bar)}
    ${renderBar('published', publishedAt, signsFrom, line, bar)}
    ${renderBar('verifies', signsUntil, verifiesUntil, line, bar)}`;
}

function renderBar(
  kind: 'published' | 'signs' | 'verifies',
  from: number,
  to: number,
  line: TimeLine,
  top: number,
) {
  if (to <= from) return nothing;
  const width = Math.max(place(to, line) - place(from, line), thinnestBar);
  const start = kind === 'published' ? Math.max(0, place(to, line) - width) : place(from, line);
  return svg`<rect
    class=${kind}
    x="${start}%"
    y=${top}
    width="${width}%"
    height=${barHeight}
    rx="3"
  ></rect>`;
}

function renderNow(percent: number, foot: number) {
  const anchor = percent < 10 ? 'start' : percent > 90 ? 'end' : 'middle';
  return svg`<line class="now" x1="${percent}%" x2="${percent}%" y1="16" y2=${foot}></line>
    <text x="${percent}%" y="12" text-anchor=${anchor}>Now</text>`;
}

function renderSwatch(kind: string | undefined) {
  return html`<svg width="12" height="12">
    <rect class=${kind} x="1" y="1" width="10" height="10" rx="3"></rect>
  </svg>`;
}

/** In percent of the line. */
function place(time: number, { from, to }: TimeLine): number {
  return Math.round(((time - from) / (to - from)) * 10_000) / 100;
}

function describe({ spans }: TimeLine): string {
  return spans
    .map(({ key, signsFrom, verifiesUntil }) => {
      const until = key.retiresAt ? `, verifies until ${formatMoment(verifiesUntil)}` : '';
      return `${statusBadges[key.status].text} key ${key.id} signs from ${formatMoment(signsFrom)}${until}.`;
    })
    .join(' ');
}

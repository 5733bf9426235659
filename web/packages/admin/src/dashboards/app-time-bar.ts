import type { ExplainedTimes } from '@aracari/api';
import { css, html, LitElement, svg } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { baseStyles } from '../base-styles.js';
import { formatMilliseconds, layStages, stages } from './dashboard-words.js';

/** Where the time of an answer went: guard, queue, engine and encode, as one stacked bar with its figures. */
@customElement('app-time-bar')
export class AppTimeBar extends LitElement {
  @property({ attribute: false }) times!: ExplainedTimes;

  static override styles = [
    baseStyles,
    css`
      svg {
        display: block;
      }
      .track {
        fill: var(--wa-color-neutral-fill-quiet);
      }
      .guard {
        fill: var(--wa-color-brand-60);
      }
      .queue {
        fill: var(--wa-color-neutral-60);
      }
      .engine {
        fill: var(--wa-color-brand-40);
      }
      .encode {
        fill: var(--wa-color-warning-60, #d9a400);
      }
      ul {
        display: flex;
        flex-wrap: wrap;
        gap: 0.25rem 1.25rem;
        margin-block-start: 0.5rem;
        font-size: var(--wa-font-size-s);
        font-variant-numeric: tabular-nums;
      }
      li {
        display: flex;
        gap: 0.4rem;
        align-items: center;
      }
    `,
  ];

  override render() {
    return html`<svg width="100%" height="12" aria-hidden="true">
        ${svg`<rect class="track" width="100%" height="12" rx="3"></rect>`}
        ${layStages(this.times).map(
          ({ stage, from, width }) =>
            svg`<rect class=${stage} x="${from}%" width="${width}%" height="12"></rect>`,
        )}
      </svg>
      <ul aria-label="Time">
        ${stages.map(
          ([stage, text]) =>
            html`<li>
              <svg width="12" height="12" aria-hidden="true">
                ${svg`<rect class=${stage} x="1" y="1" width="10" height="10" rx="3"></rect>`}
              </svg>
              ${text} ${formatMilliseconds(this.times[stage])}
            </li>`,
        )}
      </ul>`;
  }
}

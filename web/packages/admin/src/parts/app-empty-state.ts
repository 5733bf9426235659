import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { baseStyles } from '../base-styles.js';
import { roundIconStyles } from '../card-styles.js';

/**
 * What a list says while it is empty, and what to do about it.
 * @slot - One or two sentences.
 * @slot action - The button that makes the first entry.
 */
@customElement('app-empty-state')
export class AppEmptyState extends LitElement {
  @property() icon = 'info';
  @property() heading = '';

  static override styles = [
    baseStyles,
    roundIconStyles,
    css`
      .frame {
        display: grid;
        justify-items: center;
        gap: 0.3rem;
        padding: 2rem 1.25rem;
        border: 1px dashed var(--wa-color-surface-border);
        border-radius: var(--wa-border-radius-m);
        text-align: center;
      }
      .text {
        max-width: 34rem;
        color: var(--wa-color-text-quiet);
        font-size: var(--wa-font-size-s);
      }
      ::slotted([slot='action']) {
        margin-block-start: 0.875rem;
      }
    `,
  ];

  override render() {
    return html`<div class="frame">
      <span class="icon"><wa-icon name=${this.icon}></wa-icon></span>
      <h3>${this.heading}</h3>
      <div class="text"><slot></slot></div>
      <slot name="action"></slot>
    </div>`;
  }
}

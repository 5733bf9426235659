import type { AracariError } from '@aracari/api';
import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { baseStyles } from '../base-styles.js';

/**
 * Says that something could not be loaded and offers to try again.
 * @fires app-retry - The person asks to try again.
 */
@customElement('app-failure')
export class AppFailure extends LitElement {
  @property({ attribute: false }) error?: AracariError;

  static override styles = [
    baseStyles,
    css`
      div {
        display: grid;
        justify-items: center;
        gap: 0.5rem;
        max-width: 26rem;
        margin: 0 auto;
        padding: 3rem 1rem;
        text-align: center;
      }
      wa-icon {
        font-size: 1.75rem;
        color: var(--wa-color-text-quiet);
      }
      wa-button {
        margin-block-start: 0.75rem;
      }
    `,
  ];

  override render() {
    return html`<div role="alert">
      <wa-icon name=${this.error?.status === 0 ? 'unplugged' : 'warning'}></wa-icon>
      <h2>${this.error?.title}</h2>
      <p class="quiet">${this.error?.detail}</p>
      <wa-button appearance="outlined" @click=${this.#retry}>Try again</wa-button>
    </div>`;
  }

  #retry(): void {
    this.dispatchEvent(new Event('app-retry'));
  }
}

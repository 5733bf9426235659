import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import logoUrl from '../assets/logo.svg';
import { baseStyles } from '../base-styles.js';

/**
 * The frame of the pages before one is signed in.
 * @slot - The form.
 */
@customElement('app-entry-card')
export class AppEntryCard extends LitElement {
  @property() heading = '';
  @property() text = '';

  static override styles = [
    baseStyles,
    css`
      :host {
        display: grid;
        place-items: center;
        min-height: 100vh;
        padding: 2rem 1rem;
      }
      .card {
        width: min(100%, 25rem);
        padding: 2rem;
        border: 1px solid var(--wa-color-surface-border);
        border-radius: var(--wa-border-radius-l);
        background: var(--app-panel);
        box-shadow: var(--app-shadow);
      }
      .brand {
        display: flex;
        align-items: center;
        gap: 0.6rem;
        margin-block-end: 1.75rem;
        font-size: 1.125rem;
        font-weight: 650;
        letter-spacing: -0.015em;
      }
      h1 {
        font-size: 1.375rem;
      }
      .text {
        margin-block: 0.35rem 1.5rem;
        color: var(--wa-color-text-quiet);
      }
      @media (max-width: 480px) {
        .card {
          padding: 1.5rem 1.25rem;
        }
      }
    `,
  ];

  override render() {
    return html`<main class="card">
      <p class="brand"><img src=${logoUrl} width="34" height="34" alt="" />Aracari</p>
      <h1>${this.heading}</h1>
      <p class="text">${this.text}</p>
      <slot></slot>
    </main>`;
  }
}

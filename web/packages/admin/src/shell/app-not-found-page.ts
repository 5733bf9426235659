import { css, html, LitElement } from 'lit';
import { customElement } from 'lit/decorators.js';
import { baseStyles } from '../base-styles.js';

/** For an address that leads nowhere, or nowhere that this person may go: the two look the same on purpose. */
@customElement('app-not-found-page')
export class AppNotFoundPage extends LitElement {
  static override styles = [
    baseStyles,
    css`
      div {
        display: grid;
        justify-items: center;
        gap: 0.5rem;
        padding: 5rem 1rem;
        text-align: center;
      }
      .number {
        color: var(--wa-color-brand-on-quiet);
        font-weight: 600;
      }
      wa-button {
        margin-block-start: 1rem;
      }
    `,
  ];

  override render() {
    return html`<div>
      <p class="number">404</p>
      <h1>Page not found</h1>
      <p class="quiet">There is nothing at this address, or you have no access to it.</p>
      <wa-button variant="brand" href="/dashboards">Go to dashboards</wa-button>
    </div>`;
  }
}

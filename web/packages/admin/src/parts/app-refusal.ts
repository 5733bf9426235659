import type { AracariError } from '@aracari/api';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { baseStyles } from '../base-styles.js';
import { formatDuration } from '../time.js';

/** The summary of a refused form, read out when it appears. Stays in the page, empty while there is nothing to say. */
@customElement('app-refusal')
export class AppRefusal extends LitElement {
  @property({ attribute: false }) refusal?: AracariError;

  static override styles = [
    baseStyles,
    css`
      /* Out of the flow, so that an empty alert takes no gap of the form's grid. */
      :host(:not([filled])) {
        position: absolute;
      }
      strong {
        display: block;
        font-weight: 600;
      }
      p {
        overflow-wrap: anywhere;
      }
    `,
  ];

  override render() {
    this.toggleAttribute('filled', Boolean(this.refusal));
    return html`<div role="alert">
      ${this.refusal ? this.#renderRefusal(this.refusal) : nothing}
    </div>`;
  }

  #renderRefusal(refusal: AracariError) {
    // The server's title speaks to programs; to a person it is the form that needs another look.
    const title = refusal.code === 'invalid_body' ? 'Please check the form' : refusal.title;
    const wait = refusal.retryAfterSeconds;
    return html`<wa-callout variant="danger" size="s">
      <wa-icon slot="icon" name="warning"></wa-icon>
      <strong>${title}</strong>
      <p>${refusal.detail}</p>
      ${wait ? html`<p>Try again in ${formatDuration(wait)}.</p>` : nothing}
    </wa-callout>`;
  }
}

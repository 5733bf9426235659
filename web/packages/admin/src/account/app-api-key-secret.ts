import type { CreatedApiKey } from '@aracari/api';
import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { baseStyles } from '../base-styles.js';
import '../parts/app-copy.js';
import '../parts/app-environment.js';

/**
 * The secret of a new key, to copy this one time.
 * @fires app-done - The person is done with it.
 */
@customElement('app-api-key-secret')
export class AppApiKeySecret extends LitElement {
  @property({ attribute: false }) created!: CreatedApiKey;

  static override styles = [
    baseStyles,
    css`
      :host {
        display: grid;
        gap: 1rem;
      }
      .which {
        display: flex;
        gap: 0.6rem;
        align-items: center;
      }
      pre {
        white-space: pre-wrap;
        overflow-wrap: anywhere;
        user-select: all;
      }
      .end {
        display: flex;
        justify-content: flex-end;
        gap: 0.625rem;
      }
    `,
  ];

  override render() {
    const { apiKey, secret } = this.created;
    return html`<wa-callout variant="warning" size="s">
        <wa-icon slot="icon" name="warning"></wa-icon>
        Copy this key now and keep it somewhere safe. We store only a hash of it, so it is shown
        this one time and cannot be read again.
      </wa-callout>
      <p class="which">
        ${apiKey.name} <app-environment environment=${apiKey.environment}></app-environment>
      </p>
      <pre tabindex="0" aria-label="Secret of ${apiKey.name}">${secret}</pre>
      <div class="end">
        <app-copy variant="brand" appearance="accent" .value=${secret}></app-copy>
        <wa-button
          size="s"
          appearance="outlined"
          @click=${() => this.dispatchEvent(new Event('app-done'))}
          >Done</wa-button
        >
      </div>`;
  }
}

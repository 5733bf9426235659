import { type ApiKey, listApiKeys, revokeApiKey } from '@aracari/api';
import { css, html, LitElement } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { baseStyles } from '../base-styles.js';
import { Loading } from '../loading.js';
import '../parts/app-confirm.js';
import '../parts/app-empty-state.js';
import '../parts/app-panel.js';
import './app-api-key-table.js';
import './app-create-api-key.js';

/** Account settings → API Keys: the list, creation and revocation. */
@customElement('app-api-keys')
export class AppApiKeys extends LitElement {
  @state() private creating = false;
  @state() private revoking?: ApiKey;
  readonly #keys = new Loading(this, listApiKeys);

  static override styles = [
    baseStyles,
    css`
      strong {
        color: var(--wa-color-text-normal);
        font-weight: 600;
      }
    `,
  ];

  override render() {
    return html`<app-panel heading="API Keys">
        <span slot="description">
          Your backend mints embed tokens with an API key. A key is a secret of your servers: never
          put it in a web page or a repository.
        </span>
        <wa-button slot="action" variant="brand" @click=${() => (this.creating = true)}>
          <wa-icon slot="start" name="plus"></wa-icon>Create API Key
        </wa-button>
        ${this.#keys.render((keys) => (keys.length > 0 ? this.#renderTable(keys) : this.#renderEmpty()))}
      </app-panel>
      <app-create-api-key
        ?open=${this.creating}
        @app-created=${() => this.#keys.reload()}
        @app-closed=${() => (this.creating = false)}
      ></app-create-api-key>
      ${this.#renderRevocation()}`;
  }

  #renderTable(keys: ApiKey[]) {
    return html`<app-api-key-table
      .apiKeys=${keys}
      @app-revoke=${(event: CustomEvent<ApiKey>) => (this.revoking = event.detail)}
    ></app-api-key-table>`;
  }

  #renderEmpty() {
    return html`<app-empty-state icon="key" heading="No API keys yet">
      Start with a sandbox key: its tokens work on localhost and are marked as sandbox, so nothing
      can go wrong.
    </app-empty-state>`;
  }

  #renderRevocation() {
    const key = this.revoking;
    return html`<app-confirm
      heading="Revoke this key?"
      verb="Revoke key"
      ?open=${Boolean(key)}
      .deed=${async () => key && revokeApiKey(key.id)}
      @app-closed=${this.#revocationClosed}
    >
      <p>
        <strong>${key?.name}</strong> stops working at once, and so does every token it has minted:
        open dashboards of your customers go dark. This cannot be undone.
      </p>
    </app-confirm>`;
  }

  #revocationClosed(): void {
    this.revoking = undefined;
    void this.#keys.reload();
  }
}

import { type ApiKey, listApiKeys, revokeApiKey } from '@aracari/api';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { baseStyles } from '../base-styles.js';
import { Loading } from '../loading.js';
import '../parts/app-confirm.js';
import '../parts/app-empty-state.js';
import '../parts/app-panel.js';
import './app-api-key-table.js';
import './app-create-api-key.js';
import './app-roll-api-key.js';

/** Account settings → API Keys: the list, and how keys begin, are replaced and end. */
@customElement('app-api-keys')
export class AppApiKeys extends LitElement {
  @state() private creating = false;
  @state() private rolling?: ApiKey;
  @state() private revoking?: ApiKey;
  readonly #keys = new Loading(this, listApiKeys);

  static override styles = [
    baseStyles,
    css`
      app-confirm p + p {
        margin-block-start: 0.625rem;
      }
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
      <app-roll-api-key
        .apiKey=${this.rolling}
        @app-rolled=${() => this.#keys.reload()}
        @app-closed=${() => (this.rolling = undefined)}
      ></app-roll-api-key>
      ${this.#renderRevocation(this.revoking)}`;
  }

  #renderTable(keys: ApiKey[]) {
    return html`<app-api-key-table
      .apiKeys=${keys}
      @app-roll=${(event: CustomEvent<ApiKey>) => (this.rolling = event.detail)}
      @app-revoke=${(event: CustomEvent<ApiKey>) => (this.revoking = event.detail)}
    ></app-api-key-table>`;
  }

  #renderEmpty() {
    return html`<app-empty-state icon="key" heading="No API keys yet">
      Start with a sandbox key: its tokens work on localhost and are marked as sandbox, so nothing
      can go wrong.
    </app-empty-state>`;
  }

  #renderRevocation(key: ApiKey | undefined) {
    const children =
      this.#keys.value?.filter(
        ({ parentId, status }) => key && parentId === key.id && status === 'active',
      ) ?? [];
    return html`<app-confirm
      heading="Revoke this key?"
      verb="Revoke key"
      ?open=${Boolean(key)}
      .deed=${async () => key && revokeApiKey(key.id)}
      @app-closed=${this.#revocationClosed}
    >
      <p>
        <strong>${key?.name}</strong> (…${key?.lastFour}) stops working at once, and so does every
        token it has minted: open dashboards of your customers go dark. This cannot be undone.
      </p>
      ${
        children.length > 0
          ? html`<p>
              Its child keys end with it, and their tokens too:
              ${children.map(({ name }) => name).join(', ')}.
            </p>`
          : nothing
      }
    </app-confirm>`;
  }

  #revocationClosed(): void {
    this.revoking = undefined;
    void this.#keys.reload();
  }
}

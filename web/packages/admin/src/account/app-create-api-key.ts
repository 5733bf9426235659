import { type CreatedApiKey, createApiKey, type Environment, type TokenForm } from '@aracari/api';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { baseStyles, formStyles } from '../base-styles.js';
import { changedText } from '../field-text.js';
import { renderDialogButtons } from '../dialog-buttons.js';
import '../parts/app-refusal.js';
import { Submission } from '../submission.js';
import { expiries, scopes, tokenForms, usualRequestsPerMinute } from './api-key-options.js';
import type { AppApiKeyLimitsForm } from './app-api-key-limits-form.js';
import './app-api-key-limits-form.js';
import './app-api-key-secret.js';
import { readNewApiKey } from './new-api-key.js';

/**
 * Dialog that creates an API key, then shows its secret, once.
 * @fires app-created - A key was created.
 * @fires app-closed - The dialog has closed.
 */
@customElement('app-create-api-key')
export class AppCreateApiKey extends LitElement {
  @property({ type: Boolean }) open = false;
  @state() private created?: CreatedApiKey;
  @state() private expiry = 'never';
  @state() private environment: Environment = 'sandbox';
  @state() private limiting = false;
  @query('app-api-key-limits-form') private limits?: AppApiKeyLimitsForm;
  @query('wa-details') private details!: HTMLElement & { open: boolean };
  readonly #submission = new Submission(this);

  static override styles = [
    baseStyles,
    formStyles,
    css`
      wa-dialog {
        --width: 40rem;
      }
      wa-dialog::part(footer) {
        padding-block-start: 1rem;
        border-block-start: 1px solid var(--wa-color-surface-border);
      }
      .scopes {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 14rem), 1fr));
        gap: 0.25rem 1rem;
        align-items: start;
        width: 100%;
      }
      wa-checkbox::part(hint) {
        margin: 0 0 0.35rem 1.8em;
      }
    `,
  ];

  override render() {
    return html`<wa-dialog
      label=${this.created ? 'Save your API key' : 'Create API key'}
      ?open=${this.open}
      @wa-after-hide=${this.#closed}
    >
      ${this.open ? this.#renderContent() : nothing}
    </wa-dialog>`;
  }

  #renderContent() {
    if (!this.created) return [this.#renderForm(), this.#renderButtons()];
    return html`<app-api-key-secret
      .created=${this.created}
      @app-done=${() => (this.open = false)}
    ></app-api-key-secret>`;
  }

  #renderForm() {
    const named = this.#submission.at('name');
    return html`<form id="key" novalidate @submit=${this.#submit}>
      <app-refusal .refusal=${this.#submission.refusal}></app-refusal>
      <wa-input
        label="Name"
        name="name"
        autocomplete="off"
        autofocus
        placeholder="Backend, staging"
        class=${named ? 'refused' : ''}
        hint=${named ?? 'What uses this key, so that you know it again.'}
      ></wa-input>
      <wa-radio-group
        label="Environment"
        name="environment"
        value="sandbox"
        hint=${this.#submission.at('environment') ?? ''}
        @change=${(event: Event) => (this.environment = changedText(event) as Environment)}
      >
        <wa-radio value="sandbox">Sandbox, to test an integration</wa-radio>
        <wa-radio value="production">Production, for your customers</wa-radio>
      </wa-radio-group>
      ${this.#renderScopes()} ${this.#renderTokenForm()}
      <div class="pair">${this.#renderExpiry()} ${this.#renderRequests()}</div>
      ${this.#renderLimits()}
    </form>`;
  }

  #renderScopes() {
    const refused = this.#submission.at('scopes');
    return html`<wa-checkbox-group
      label="Scopes"
      hint=${refused ?? ''}
      class=${refused ? 'refused' : ''}
    >
      <div class="scopes">
        ${scopes.map(
          ({ scope, explanation, usual }) =>
            html`<wa-checkbox name="scopes" value=${scope} ?checked=${usual} hint=${explanation}
              >${scope}</wa-checkbox
            >`,
        )}
      </div>
    </wa-checkbox-group>`;
  }

  #renderTokenForm() {
    return html`<wa-radio-group
      label="Token form"
      name="tokenForm"
      value="signed"
      hint=${this.#submission.at('tokenForm') ?? ''}
    >
      ${(Object.keys(tokenForms) as TokenForm[]).map(
        (form) =>
          html`<wa-radio value=${form}
            >${tokenForms[form].name}: ${tokenForms[form].explanation}</wa-radio
          >`,
      )}
    </wa-radio-group>`;
  }

  #renderExpiry() {
    const refused = this.#submission.at('expiresAt');
    return html`<wa-select
        label="Expiry"
        name="expiry"
        value="never"
        hint=${refused ?? ''}
        class=${refused ? 'refused' : ''}
        @change=${(event: Event) => (this.expiry = changedText(event))}
      >
        ${expiries.map(([value, text]) => html`<wa-option value=${value}>${text}</wa-option>`)}
      </wa-select>
      ${this.expiry === 'date' ? html`<wa-input label="Expires on" name="expiryDate" type="date"></wa-input>` : nothing}`;
  }

  #renderRequests() {
    const refused = this.#submission.at('requestsPerMinute');
    return html`<wa-input
      label="Requests a minute"
      name="requestsPerMinute"
      inputmode="numeric"
      autocomplete="off"
      placeholder=${usualRequestsPerMinute[this.environment]}
      class=${refused ? 'refused' : ''}
      hint=${refused ?? ''}
    ></wa-input>`;
  }

  #renderLimits() {
    const refused = this.#submission.at('limits');
    return html`<wa-details
      summary="What its tokens may do at most"
      @wa-show=${() => (this.limiting = true)}
    >
      ${
        this.limiting
          ? html`<app-api-key-limits-form
              class=${refused ? 'refused' : ''}
              .refused=${(field: string) => this.#submission.at(`limits.${field}`)}
            ></app-api-key-limits-form>`
          : nothing
      }
    </wa-details>`;
  }

  #renderButtons() {
    return renderDialogButtons({
      form: 'key',
      verb: 'Create key',
      busy: this.#submission.busy,
      cancel: () => (this.open = false),
    });
  }

  async #submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const created = await this.#submission.run(async () =>
      createApiKey(readNewApiKey(form, this.limits?.read())),
    );
    if (!created) {
      if (this.#submission.at('limits')) this.details.open = true;
      return;
    }
    this.created = created;
    this.dispatchEvent(new Event('app-created'));
  }

  #closed(event: Event): void {
    if (event.target !== event.currentTarget) return;
    this.open = false;
    this.created = undefined;
    this.expiry = 'never';
    this.environment = 'sandbox';
    this.limiting = false;
    this.#submission.clear();
    this.dispatchEvent(new Event('app-closed'));
  }
}

import { type ApiKey, type ApiKeyScope, createApiKey, type Environment } from '@aracari/api';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { baseStyles, formStyles } from '../base-styles.js';
import '../parts/app-copy.js';
import '../parts/app-refusal.js';
import { refuseLocally, Submission } from '../submission.js';
import { fieldText } from '../field-text.js';

const scopes: [ApiKeyScope, string, string][] = [
  ['mint', 'mint', 'Generate embed tokens.'],
  ['introspect', 'introspect', 'Ask whether a token is active.'],
];
const expiries: [days: string, text: string][] = [
  ['never', 'No expiry'],
  ['30', 'In 30 days'],
  ['90', 'In 90 days'],
  ['365', 'In one year'],
  ['date', 'On a date…'],
];

/**
 * Dialog that creates an API key, then shows its secret, once.
 * @fires app-created - A key was created.
 * @fires app-closed - The dialog has closed.
 */
@customElement('app-create-api-key')
export class AppCreateApiKey extends LitElement {
  @property({ type: Boolean }) open = false;
  @state() private created?: { apiKey: ApiKey; secret: string };
  @state() private expiry = 'never';
  readonly #submission = new Submission(this);

  static override styles = [
    baseStyles,
    formStyles,
    css`
      .secret {
        display: grid;
        gap: 1rem;
      }
      pre {
        white-space: pre-wrap;
        overflow-wrap: anywhere;
        user-select: all;
      }
      wa-checkbox::part(hint) {
        margin: 0 0 0.35rem 1.8em;
      }
      .end {
        display: flex;
        justify-content: flex-end;
        gap: 0.625rem;
      }
    `,
  ];

  override render() {
    return html`<wa-dialog
      label=${this.created ? 'Save your API key' : 'Create API key'}
      ?open=${this.open}
      @wa-after-hide=${this.#closed}
    >
      ${this.open ? (this.created ? this.#renderSecret(this.created) : this.#renderForm()) : nothing}
    </wa-dialog>`;
  }

  #renderForm() {
    const submission = this.#submission;
    const named = submission.at('name');
    return html`<form novalidate @submit=${this.#submit}>
      <app-refusal .refusal=${submission.refusal}></app-refusal>
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
        hint=${submission.at('environment') ?? ''}
      >
        <wa-radio value="sandbox">Sandbox, to test an integration</wa-radio>
        <wa-radio value="production">Production, for your customers</wa-radio>
      </wa-radio-group>
      <wa-checkbox-group
        label="Scopes"
        hint=${submission.at('scopes') ?? ''}
        class=${submission.at('scopes') ? 'refused' : ''}
      >
        ${scopes.map(
          ([scope, text, hint]) =>
            html`<wa-checkbox name="scopes" value=${scope} checked hint=${hint}
              >${text}</wa-checkbox
            >`,
        )}
      </wa-checkbox-group>
      ${this.#renderExpiry()}
      <div class="end">
        <wa-button appearance="outlined" @click=${() => (this.open = false)}>Cancel</wa-button>
        <wa-button type="submit" variant="brand" ?loading=${submission.busy}>Create key</wa-button>
      </div>
    </form>`;
  }

  #renderExpiry() {
    const refused = this.#submission.at('expiresAt');
    return html`<div class="pair">
      <wa-select
        label="Expiry"
        name="expiry"
        value="never"
        hint=${refused ?? ''}
        class=${refused ? 'refused' : ''}
        @change=${this.#choose}
      >
        ${expiries.map(([value, text]) => html`<wa-option value=${value}>${text}</wa-option>`)}
      </wa-select>
      ${this.expiry === 'date' ? html`<wa-input label="Expires on" name="expiryDate" type="date"></wa-input>` : nothing}
    </div>`;
  }

  #renderSecret({ apiKey, secret }: { apiKey: ApiKey; secret: string }) {
    return html`<div class="secret">
      <wa-callout variant="warning" size="s">
        <wa-icon slot="icon" name="warning"></wa-icon>
        Copy this key now and keep it somewhere safe. We store only a hash of it, so it is shown
        this one time and cannot be read again.
      </wa-callout>
      <p class="quiet">${apiKey.name} · ${apiKey.environment}</p>
      <pre tabindex="0" aria-label="Secret of ${apiKey.name}">${secret}</pre>
      <div class="end">
        <app-copy variant="brand" appearance="accent" .value=${secret}></app-copy>
        <wa-button size="s" appearance="outlined" @click=${() => (this.open = false)}
          >Done</wa-button
        >
      </div>
    </div>`;
  }

  #choose(event: Event): void {
    this.expiry = String((event.target as HTMLInputElement).value ?? 'never');
  }

  async #submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const created = await this.#submission.run(async () =>
      createApiKey(readForm(form, this.expiry)),
    );
    if (!created) return;
    this.created = created;
    this.dispatchEvent(new Event('app-created'));
  }

  #closed(event: Event): void {
    if (event.target !== event.currentTarget) return;
    this.open = false;
    this.created = undefined;
    this.expiry = 'never';
    this.#submission.clear();
    this.dispatchEvent(new Event('app-closed'));
  }
}

function readForm(form: HTMLFormElement, expiry: string) {
  const name = fieldText(form, 'name').trim();
  if (!name) throw refuseLocally('name', 'Give the key a name.');
  const chosen = new FormData(form).getAll('scopes') as ApiKeyScope[];
  if (chosen.length === 0) throw refuseLocally('scopes', 'Choose at least one scope.');
  const expiresAt = readExpiry(expiry, fieldText(form, 'expiryDate'));
  const environment = fieldText(form, 'environment') as Environment;
  return { name, environment, scopes: chosen, ...(expiresAt ? { expiresAt } : {}) };
}

/** RFC 3339. A date means the end of that day where the person is. */
function readExpiry(expiry: string, date: string): string | undefined {
  if (expiry === 'never') return undefined;
  if (expiry === 'date' && !date)
    throw refuseLocally('expiresAt', 'Choose the date on which the key expires.');
  const end =
    expiry === 'date'
      ? new Date(`${date}T23:59:59`)
      : new Date(Date.now() + Number(expiry) * 86_400_000);
  return end.toISOString().replace(/\.\d+Z$/, 'Z');
}

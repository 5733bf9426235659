import { type ApiKey, type CreatedApiKey, rollApiKey } from '@aracari/api';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { baseStyles, formStyles } from '../base-styles.js';
import { fieldText } from '../field-text.js';
import { renderDialogButtons } from '../dialog-buttons.js';
import '../parts/app-refusal.js';
import { Submission } from '../submission.js';
import { overlaps } from './api-key-options.js';
import './app-api-key-secret.js';

/**
 * Dialog that replaces an API key by a new one, then shows its secret, once. Open while there is a key.
 * @fires app-rolled - The key was replaced.
 * @fires app-closed - The dialog has closed.
 */
@customElement('app-roll-api-key')
export class AppRollApiKey extends LitElement {
  @property({ attribute: false }) apiKey?: ApiKey;
  @state() private created?: CreatedApiKey;
  @state() private open = false;
  readonly #submission = new Submission(this);

  static override styles = [
    baseStyles,
    formStyles,
    css`
      strong {
        font-weight: 600;
      }
    `,
  ];

  override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (changed.has('apiKey')) this.open = Boolean(this.apiKey);
  }

  override render() {
    return html`<wa-dialog
      label=${this.created ? 'Save your API key' : 'Roll this key?'}
      ?open=${this.open}
      @wa-after-hide=${this.#closed}
    >
      ${this.apiKey ? this.#renderContent(this.apiKey) : nothing}
    </wa-dialog>`;
  }

  #renderContent(apiKey: ApiKey) {
    if (!this.created) return [this.#renderForm(apiKey), this.#renderButtons()];
    return html`<app-api-key-secret
      .created=${this.created}
      @app-done=${() => (this.open = false)}
    ></app-api-key-secret>`;
  }

  #renderForm(apiKey: ApiKey) {
    return html`<form
      id="roll"
      novalidate
      @submit=${(event: SubmitEvent) => this.#submit(event, apiKey)}
    >
      <p class="quiet">
        A new key takes the place of <strong>${apiKey.name}</strong> (…${apiKey.lastFour}), with the
        same scopes, limits and child keys. The old key and the tokens that it minted go on for the
        overlap, and end after it.
      </p>
      <wa-radio-group
        label="Overlap"
        name="overlapSeconds"
        value="86400"
        hint=${this.#submission.at('overlapSeconds') ?? ''}
      >
        ${overlaps.map(([seconds, text]) => html`<wa-radio value=${seconds}>${text}</wa-radio>`)}
      </wa-radio-group>
      <app-refusal .refusal=${this.#submission.refusal}></app-refusal>
    </form>`;
  }

  #renderButtons() {
    return renderDialogButtons({
      form: 'roll',
      verb: 'Roll key',
      busy: this.#submission.busy,
      cancel: () => (this.open = false),
    });
  }

  async #submit(event: SubmitEvent, apiKey: ApiKey): Promise<void> {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const created = await this.#submission.run(() =>
      rollApiKey(apiKey.id, Number(fieldText(form, 'overlapSeconds'))),
    );
    if (!created) return;
    this.created = created;
    this.dispatchEvent(new Event('app-rolled'));
  }

  #closed(event: Event): void {
    if (event.target !== event.currentTarget) return;
    this.open = false;
    this.created = undefined;
    this.#submission.clear();
    this.dispatchEvent(new Event('app-closed'));
  }
}

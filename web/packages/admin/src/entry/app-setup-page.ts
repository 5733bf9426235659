import { setUp } from '@aracari/api';
import { html, LitElement, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { baseStyles, formStyles } from '../base-styles.js';
import { fieldText } from '../field-text.js';
import '../parts/app-refusal.js';
import { sessionStore } from '../session-store.js';
import { refuseLocally, Submission } from '../submission.js';
import './app-entry-card.js';

const shortestPassword = 12;
const secretCodes = new Set(['setup_secret_wrong', 'setup_done']);

/** First start: makes the organization and its admin. The set-up secret proves access to the server's terminal. */
@customElement('app-setup-page')
export class AppSetupPage extends LitElement {
  readonly #submission = new Submission(this);

  static override styles = [baseStyles, formStyles];

  override render() {
    return html`<app-entry-card
      heading="Set up Aracari"
      text="Create your organization and its first admin."
    >
      <form novalidate @submit=${this.#submit}>
        <app-refusal .refusal=${this.#submission.refusal}></app-refusal>
        <wa-input
          label="Set-up secret"
          name="setupSecret"
          autocomplete="off"
          spellcheck="false"
          autofocus
          class=${this.#secretRefused ? 'refused' : ''}
          hint=${this.#secretRefused ?? "Printed on the server's terminal when it started."}
        ></wa-input>
        ${this.#renderField('Organization', 'organization', 'text', 'organization')}
        ${this.#renderField('Email', 'email', 'email', 'username')}
        ${this.#renderField('Password', 'password', 'password', 'new-password', 'At least 12 characters.')}
        <wa-button type="submit" variant="brand" ?loading=${this.#submission.busy}
          >Create organization</wa-button
        >
      </form>
    </app-entry-card>`;
  }

  #renderField(
    label: string,
    name: string,
    type: 'text' | 'email' | 'password',
    autocomplete: string,
    hint = '',
  ) {
    const refused = this.#submission.at(name);
    return html`<wa-input
      label=${label}
      name=${name}
      type=${type}
      autocomplete=${autocomplete}
      ?password-toggle=${type === 'password'}
      class=${refused ? 'refused' : nothing}
      hint=${refused ?? hint}
    ></wa-input>`;
  }

  get #secretRefused(): string | undefined {
    const refusal = this.#submission.refusal;
    return (
      this.#submission.at('setupSecret') ??
      (refusal && secretCodes.has(refusal.code) ? refusal.detail : undefined)
    );
  }

  async #submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const session = await this.#submission.run(async () => {
      const password = fieldText(form, 'password');
      if (password.length < shortestPassword)
        throw refuseLocally('password', 'Use at least 12 characters.');
      return setUp({
        setupSecret: fieldText(form, 'setupSecret').trim(),
        organization: fieldText(form, 'organization').trim(),
        email: fieldText(form, 'email').trim(),
        password,
      });
    });
    if (session) sessionStore.accept(session);
  }
}

import { signIn } from '@aracari/api';
import { css, html, LitElement } from 'lit';
import { customElement } from 'lit/decorators.js';
import { baseStyles, formStyles } from '../base-styles.js';
import { fieldText } from '../field-text.js';
import '../parts/app-refusal.js';
import { sessionStore } from '../session-store.js';
import { Submission } from '../submission.js';
import './app-entry-card.js';

/** Sign-in with email and password. */
@customElement('app-sign-in-page')
export class AppSignInPage extends LitElement {
  readonly #submission = new Submission(this);

  static override styles = [
    baseStyles,
    formStyles,
    css`
      wa-button {
        margin-block-start: 0.25rem;
      }
    `,
  ];

  override render() {
    const busy = this.#submission.busy;
    return html`<app-entry-card heading="Sign in" text="Welcome back.">
      <form novalidate @submit=${this.#submit}>
        <app-refusal .refusal=${this.#submission.refusal}></app-refusal>
        <wa-input
          label="Email"
          name="email"
          type="email"
          autocomplete="username"
          inputmode="email"
          autofocus
        ></wa-input>
        <wa-input
          label="Password"
          name="password"
          type="password"
          autocomplete="current-password"
          password-toggle
        >
        </wa-input>
        <wa-button type="submit" variant="brand" ?loading=${busy}>Sign in</wa-button>
      </form>
    </app-entry-card>`;
  }

  async #submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const session = await this.#submission.run(() =>
      signIn(fieldText(form, 'email').trim(), fieldText(form, 'password')),
    );
    if (session) sessionStore.accept(session);
  }
}

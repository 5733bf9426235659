import { changePassword } from '@aracari/api';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { baseStyles, formStyles } from '../base-styles.js';
import { fieldText } from '../field-text.js';
import '../parts/app-refusal.js';
import { refuseLocally, Submission } from '../submission.js';

/**
 * The form that changes one's password.
 * @fires app-changed - The password was changed, and the other sessions have ended.
 */
@customElement('app-change-password')
export class AppChangePassword extends LitElement {
  @state() private changed = false;
  readonly #submission = new Submission(this);

  static override styles = [
    baseStyles,
    formStyles,
    css`
      form,
      wa-callout {
        max-width: 22rem;
      }
      wa-callout {
        margin-block-start: 1rem;
      }
    `,
  ];

  override render() {
    return html`<form novalidate @submit=${this.#submit}>
        ${this.#renderField('Current password', 'currentPassword', 'current-password')}
        ${this.#renderField('New password', 'newPassword', 'new-password', 'At least 12 characters.')}
        ${this.#renderField('Repeat new password', 'repeated', 'new-password')}
        <app-refusal .refusal=${this.#submission.refusal}></app-refusal>
        <div class="actions">
          <wa-button type="submit" appearance="outlined" ?loading=${this.#submission.busy}
            >Change password</wa-button
          >
        </div>
      </form>
      <div role="status">
        ${
          this.changed
            ? html`<wa-callout variant="success" size="s">
                <wa-icon slot="icon" name="circle-check"></wa-icon>
                Your password is changed. Your other sessions have ended.
              </wa-callout>`
            : nothing
        }
      </div>`;
  }

  #renderField(label: string, name: string, autocomplete: string, hint = '') {
    const refused = this.#submission.at(name);
    return html`<wa-input
      label=${label}
      name=${name}
      type="password"
      password-toggle
      autocomplete=${autocomplete}
      class=${refused ? 'refused' : ''}
      hint=${refused ?? hint}
    ></wa-input>`;
  }

  async #submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    this.changed = false;
    const done = await this.#submission.run(async () => {
      const current = fieldText(form, 'currentPassword');
      const wanted = fieldText(form, 'newPassword');
      if (!current) throw refuseLocally('currentPassword', 'Enter your current password.');
      if (!wanted) throw refuseLocally('newPassword', 'Enter a new password.');
      if (wanted !== fieldText(form, 'repeated'))
        throw refuseLocally('repeated', 'This is not the same as the new password.');
      await changePassword(current, wanted);
      return true;
    });
    if (!done) return;
    form.reset();
    this.changed = true;
    this.dispatchEvent(new Event('app-changed'));
  }
}

import { type Database, saveDatabase } from '@aracari/api';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { baseStyles, formStyles } from '../base-styles.js';
import { fieldText } from '../field-text.js';
import { renderDialogButtons } from '../dialog-buttons.js';
import '../parts/app-refusal.js';
import { refuseLocally, Submission } from '../submission.js';

/**
 * Dialog with the name of a database and how long its answers may be shown again.
 * @fires app-saved - It was changed.
 * @fires app-closed - The dialog has closed.
 */
@customElement('app-edit-database')
export class AppEditDatabase extends LitElement {
  @property({ type: Boolean }) open = false;
  @property({ attribute: false }) database!: Database;
  readonly #submission = new Submission(this);

  static override styles = [
    baseStyles,
    formStyles,
    css`
      wa-dialog {
        --width: 28rem;
      }
    `,
  ];

  override render() {
    return html`<wa-dialog label="Edit database" ?open=${this.open} @wa-after-hide=${this.#closed}>
      ${this.open ? this.#renderForm() : nothing}
      ${renderDialogButtons({
        form: 'database',
        verb: 'Save',
        busy: this.#submission.busy,
        cancel: () => (this.open = false),
      })}
    </wa-dialog>`;
  }

  #renderForm() {
    const named = this.#submission.at('name');
    const fresh = this.#submission.at('freshnessSeconds');
    return html`<form id="database" novalidate @submit=${this.#submit}>
      <app-refusal .refusal=${this.#submission.refusal}></app-refusal>
      <wa-input
        label="Name"
        name="name"
        autocomplete="off"
        value=${this.database.name}
        class=${named ? 'refused' : ''}
        hint=${named ?? ''}
      ></wa-input>
      <wa-input
        label="Freshness in seconds"
        name="freshnessSeconds"
        inputmode="numeric"
        autocomplete="off"
        value=${this.database.freshnessSeconds}
        class=${fresh ? 'refused' : ''}
        hint=${fresh ?? 'How long an answer may be shown again to those who may see the same. 0: never.'}
      ></wa-input>
    </form>`;
  }

  async #submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const saved = await this.#submission.run(async () => {
      const name = fieldText(form, 'name').trim();
      const seconds = fieldText(form, 'freshnessSeconds').trim();
      if (!name) throw refuseLocally('name', 'Enter a name.');
      if (!/^\d{1,9}$/.test(seconds))
        throw refuseLocally('freshnessSeconds', 'Enter a whole number of seconds.');
      return saveDatabase(this.database.id, { name, freshnessSeconds: Number(seconds) });
    });
    if (!saved) return;
    this.open = false;
    this.dispatchEvent(new Event('app-saved'));
  }

  #closed(event: Event): void {
    if (event.target !== event.currentTarget) return;
    this.open = false;
    this.#submission.clear();
    this.dispatchEvent(new Event('app-closed'));
  }
}

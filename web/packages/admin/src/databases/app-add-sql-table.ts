import { createSqlTable } from '@aracari/api';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { baseStyles, formStyles } from '../base-styles.js';
import { fieldText } from '../field-text.js';
import { renderDialogButtons } from '../dialog-buttons.js';
import '../parts/app-refusal.js';
import { router } from '../router.js';
import { refuseLocally, Submission } from '../submission.js';

/**
 * Dialog that makes a table of one SELECT, and goes to it.
 * @fires app-closed - The dialog has closed.
 */
@customElement('app-add-sql-table')
export class AppAddSqlTable extends LitElement {
  @property({ type: Boolean }) open = false;
  @property({ attribute: false }) databaseId = '';
  readonly #submission = new Submission(this);

  static override styles = [
    baseStyles,
    formStyles,
    css`
      wa-dialog {
        --width: 42rem;
      }
      wa-textarea::part(textarea) {
        font-family: var(--wa-font-family-code);
        font-size: 0.8125rem;
      }
    `,
  ];

  override render() {
    return html`<wa-dialog label="Add SQL table" ?open=${this.open} @wa-after-hide=${this.#closed}>
      ${this.open ? this.#renderForm() : nothing}
      ${renderDialogButtons({
        form: 'table',
        verb: 'Add table',
        busy: this.#submission.busy,
        cancel: () => (this.open = false),
      })}
    </wa-dialog>`;
  }

  #renderForm() {
    const refused = (field: string) => this.#submission.at(field);
    return html`<form id="table" novalidate @submit=${this.#submit}>
      <app-refusal .refusal=${this.#submission.refusal}></app-refusal>
      <div class="pair">
        <wa-input
          label="Name"
          name="name"
          autocomplete="off"
          autocapitalize="off"
          spellcheck="false"
          placeholder="late_flights"
          class=${refused('name') ? 'refused' : ''}
          hint=${refused('name') ?? ''}
        ></wa-input>
        <wa-input
          label="Display name"
          name="label"
          autocomplete="off"
          placeholder="Late flights"
          class=${refused('label') ? 'refused' : ''}
          hint=${refused('label') ?? ''}
        ></wa-input>
      </div>
      <wa-textarea
        label="SELECT statement"
        name="statement"
        rows="8"
        resize="vertical"
        spellcheck="false"
        class=${refused('statement') ? 'refused' : ''}
        hint=${refused('statement') ?? 'One read-only SELECT over tables of this database. The new table is hidden until you decide on it; it has rules of its own, those of the tables in it do not apply.'}
      ></wa-textarea>
    </form>`;
  }

  async #submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const table = await this.#submission.run(async () => {
      const name = fieldText(form, 'name').trim();
      const statement = fieldText(form, 'statement').trim();
      if (!name) throw refuseLocally('name', 'Enter a name.');
      if (!statement) throw refuseLocally('statement', 'Enter a SELECT statement.');
      const label = fieldText(form, 'label').trim() || name;
      return createSqlTable(this.databaseId, { name, label, statement });
    });
    if (!table) return;
    this.open = false;
    router.go(`/tables/${encodeURIComponent(table.id)}/rules`);
  }

  #closed(event: Event): void {
    if (event.target !== event.currentTarget) return;
    this.open = false;
    this.#submission.clear();
    this.dispatchEvent(new Event('app-closed'));
  }
}

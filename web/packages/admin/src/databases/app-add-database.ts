import { createDatabase, type DatabaseFile, listDatabaseFiles } from '@aracari/api';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { baseStyles, formStyles } from '../base-styles.js';
import { fieldText } from '../field-text.js';
import { Loading } from '../loading.js';
import { renderDialogButtons } from '../dialog-buttons.js';
import '../parts/app-refusal.js';
import { refuseLocally, Submission } from '../submission.js';
import { formatDistance } from '../time.js';
import { formatBytes } from './schema-words.js';

/**
 * Dialog that adds a database from a DuckDB file of the server.
 * @fires app-added - Detail is the new database.
 * @fires app-closed - The dialog has closed.
 */
@customElement('app-add-database')
export class AppAddDatabase extends LitElement {
  @property({ type: Boolean }) open = false;
  @state() private chosen?: DatabaseFile | undefined;
  /** The name proposed for the chosen file, until the person has typed one. */
  @state() private proposed = '';
  readonly #files = new Loading(this, listDatabaseFiles);
  readonly #submission = new Submission(this);

  static override styles = [
    baseStyles,
    formStyles,
    css`
      wa-dialog {
        --width: 32rem;
      }
    `,
  ];

  override render() {
    return html`<wa-dialog
      label="Add a database"
      ?open=${this.open}
      @wa-after-hide=${this.#closed}
      @wa-show=${this.#shown}
    >
      ${this.open ? this.#files.render((files) => this.#renderForm(files)) : nothing}
      ${renderDialogButtons({
        form: 'database',
        verb: 'Add database',
        busy: this.#submission.busy,
        cancel: () => (this.open = false),
      })}
    </wa-dialog>`;
  }

  #renderForm(files: DatabaseFile[]) {
    const [named, refused] = [this.#submission.at('name'), this.#submission.at('file')];
    return html`<form id="database" novalidate @submit=${this.#submit}>
      <app-refusal .refusal=${this.#submission.refusal}></app-refusal>
      <wa-select
        label="DuckDB file"
        name="file"
        class=${refused ? 'refused' : ''}
        placeholder=${files.length > 0 ? 'Choose a file' : 'No file that is not in use'}
        hint=${refused ?? describe(this.chosen)}
        @change=${this.#propose}
      >
        ${files.map(({ file }) => html`<wa-option value=${file}>${file}</wa-option>`)}
      </wa-select>
      <wa-input
        label="Name"
        name="name"
        autocomplete="off"
        class=${named ? 'refused' : ''}
        .value=${this.proposed}
        hint=${named ?? 'As makers see it.'}
      ></wa-input>
    </form>`;
  }

  #propose(event: Event): void {
    const file = String((event.target as HTMLInputElement).value ?? '');
    this.chosen = this.#files.value?.find((each) => each.file === file);
    this.proposed = file.replace(/\.[^.]*$/, '').replaceAll('_', ' ');
  }

  async #submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const added = await this.#submission.run(async () => {
      const file = fieldText(form, 'file');
      const name = fieldText(form, 'name').trim();
      if (!file) throw refuseLocally('file', 'Choose a file.');
      if (!name) throw refuseLocally('name', 'Enter a name.');
      return createDatabase({ name, kind: 'duckdb', file });
    });
    if (!added) return;
    this.open = false;
    this.dispatchEvent(new CustomEvent('app-added', { detail: added }));
  }

  #shown(event: Event): void {
    if (event.target === event.currentTarget) void this.#files.reload();
  }

  #closed(event: Event): void {
    if (event.target !== event.currentTarget) return;
    this.open = false;
    this.chosen = undefined;
    this.proposed = '';
    this.#submission.clear();
    this.dispatchEvent(new Event('app-closed'));
  }
}

function describe(file: DatabaseFile | undefined): string {
  return file
    ? `${formatBytes(file.bytes)}, changed ${formatDistance(file.modifiedAt)}. It is only read.`
    : 'Files *.duckdb and *.db in the folder “databases” of the data directory. They are only read.';
}

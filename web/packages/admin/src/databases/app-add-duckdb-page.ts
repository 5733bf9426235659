import { createDatabase, type DatabaseFile, listDatabaseFiles } from '@aracari/api';
import { html, LitElement } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { baseStyles } from '../base-styles.js';
import { changedText, fieldText } from '../field-text.js';
import { Loading } from '../loading.js';
import '../parts/app-panel.js';
import '../parts/app-refusal.js';
import '../parts/app-trail.js';
import { router } from '../router.js';
import { refuseLocally, Submission } from '../submission.js';
import { formatDistance } from '../time.js';
import { pageFormStyles, renderNameField, renderPageButtons } from './database-form.js';
import { formatBytes } from './schema-words.js';

/** Adds a database that is a DuckDB file of the server. */
@customElement('app-add-duckdb-page')
export class AppAddDuckdbPage extends LitElement {
  @state() private chosen?: DatabaseFile | undefined;
  /** The name proposed for the chosen file, until the person has typed one. */
  @state() private proposed = '';
  readonly #files = new Loading(this, listDatabaseFiles);
  readonly #submission = new Submission(this);

  static override styles = [baseStyles, ...pageFormStyles];

  override render() {
    return html`<app-trail
        .above=${[
          ['/databases', 'Databases'],
          ['/databases/new', 'Add'],
        ]}
        current="DuckDB file"
      ></app-trail>
      <h1>Add a DuckDB file</h1>
      ${this.#files.render((files) => this.#renderForm(files))}`;
  }

  #renderForm(files: DatabaseFile[]) {
    const refused = this.#submission.at('file');
    return html`<form class="page" novalidate @submit=${this.#submit}>
      <app-panel heading="File">
        <span slot="description">
          Files *.duckdb and *.db in the folder “databases” of the data directory, which no database
          uses yet. They are only read.
        </span>
        <div class="fields">
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
          ${renderNameField(this.#submission, this.proposed)}
        </div>
      </app-panel>
      ${renderPageButtons(this.#submission, 'Add database', '/databases/new')}
    </form>`;
  }

  #propose(event: Event): void {
    const file = changedText(event);
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
    if (added) router.go(`/databases/${encodeURIComponent(added.id)}`);
  }
}

function describe(file: DatabaseFile | undefined): string {
  return file ? `${formatBytes(file.bytes)}, changed ${formatDistance(file.modifiedAt)}.` : '';
}

import {
  type Database,
  type FileDescription,
  type FileFormat,
  type FileImport,
  type FileReading,
  importUpload,
  inspectUpload,
  listDatabases,
  type Upload,
} from '@aracari/api';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { baseStyles, formStyles } from '../base-styles.js';
import { countOf } from '../databases/schema-words.js';
import { changedText, fieldText } from '../field-text.js';
import { Loading } from '../loading.js';
import '../parts/app-panel.js';
import '../parts/app-refusal.js';
import { refuseLocally, Submission } from '../submission.js';
import './app-file-columns.js';
import { chosenColumns, type ColumnChoices, noChoices } from './import-choices.js';
import { delimiters, formats, proposeTableLabel, proposeTableName } from './upload-words.js';

/** No database has this id. */
const another = ' new';
const whole = new Intl.NumberFormat('en');

/**
 * What is in a file that has come in, and what it is to become.
 * @fires app-importing - The import has begun; detail is the upload.
 */
@customElement('app-import-form')
export class AppImportForm extends LitElement {
  @property({ attribute: false }) upload!: Upload;
  /** How the person wants the file to be read, where they have said so. */
  @state() private reading: FileReading = {};
  @state() private description?: FileDescription | undefined;
  @state() private choices: ColumnChoices = noChoices;
  @state() private database?: string;
  readonly #databases = new Loading(this, async (signal) =>
    (await listDatabases(signal)).filter(({ imported }) => imported),
  );
  readonly #inspecting = new Submission(this);
  readonly #importing = new Submission(this);

  static override styles = [
    baseStyles,
    formStyles,
    css`
      :host,
      form {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 1.25rem;
      }
      .reading {
        display: flex;
        flex-wrap: wrap;
        gap: 0.875rem;
        align-items: end;
        margin-block-end: 1.25rem;
      }
      .reading wa-select {
        flex: 0 1 11rem;
      }
      app-panel > app-refusal[filled] {
        margin-block-end: 1rem;
      }
      .reading wa-checkbox {
        margin-block-end: 0.35rem;
      }
      app-file-columns[stale] {
        opacity: 0.5;
      }
    `,
  ];

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#inspect({});
  }

  override render() {
    return html`<app-panel heading="Columns">
        <span slot="description" role="status">${this.#describe()}</span>
        ${this.#renderReading()}
        <app-refusal .refusal=${this.#inspecting.refusal}></app-refusal>
        ${this.#renderColumns()}
      </app-panel>
      ${this.description ? this.#databases.render((found) => this.#renderForm(found)) : nothing}`;
  }

  #describe(): string {
    const { description } = this;
    if (!description) return this.#inspecting.busy ? 'Looking into the file…' : '';
    const { rows, columns } = description;
    const amount = [
      ...(rows === undefined ? [] : [`${whole.format(rows)} ${rows === 1 ? 'row' : 'rows'}`]),
      countOf(columns.length, 'column'),
    ].join(', ');
    return `${amount}. Choose what comes in, and as which type.`;
  }

  /** Stays when the file is refused: another delimiter may be what it needs. */
  #renderReading() {
    const { format, delimiter, header = false } = { ...this.description, ...this.reading };
    const { busy } = this.#inspecting;
    const refused = (field: string) => this.#inspecting.at(field);
    return html`<div class="reading">
      <wa-select
        size="s"
        label="Format"
        class=${refused('format') ? 'refused' : ''}
        ?disabled=${busy}
        .value=${format ?? ''}
        @change=${(event: Event) => this.#inspect({ format: changedText(event) as FileFormat })}
      >
        ${formats.map(([value, name]) => html`<wa-option value=${value}>${name}</wa-option>`)}
      </wa-select>
      ${
        format === 'csv'
          ? html`<wa-select
                size="s"
                label="Values are separated by"
                class=${refused('delimiter') ? 'refused' : ''}
                ?disabled=${busy}
                .value=${nameOfDelimiter(delimiter)}
                @change=${(event: Event) => this.#inspect({ ...this.reading, delimiter: delimiterOf(changedText(event)) })}
              >
                ${delimiters.map(([, name]) => html`<wa-option value=${name}>${name}</wa-option>`)}
              </wa-select>
              <wa-checkbox
                size="s"
                ?disabled=${busy}
                .checked=${header}
                @change=${() => this.#inspect({ ...this.reading, header: !header })}
                >The first line names the columns</wa-checkbox
              >`
          : nothing
      }
    </div>`;
  }

  #renderColumns() {
    const { description } = this;
    if (!description)
      return this.#inspecting.busy
        ? html`<p class="waiting"><wa-spinner></wa-spinner> Looking into the file…</p>`
        : nothing;
    const { leftOut = [] } = description;
    const refused = this.#importing.at('columns');
    return html`<app-file-columns
        class=${refused ? 'refused' : ''}
        ?stale=${this.#inspecting.busy || Boolean(this.#inspecting.refusal)}
        .description=${description}
        .choices=${this.choices}
        .refused=${(field: string) => this.#importing.at(field)}
        @app-changed=${(event: CustomEvent<ColumnChoices>) => (this.choices = event.detail)}
      ></app-file-columns>
      ${
        leftOut.length > 0
          ? html`<p class="small quiet">
              Left out, since no table here can hold them: ${leftOut.join(', ')}.
            </p>`
          : nothing
      }`;
  }

  #renderForm(databases: Database[]) {
    const { fileName } = this.upload;
    return html`<form novalidate @submit=${this.#submit}>
      <app-panel heading="Table">
        <span slot="description">The new table is hidden until you say who sees it.</span>
        <div class="fields">
          <div class="pair">
            ${this.#renderInput('table.label', 'Display name', proposeTableLabel(fileName))}
            ${this.#renderInput('table.name', 'Name', proposeTableName(fileName), 'In SQL: lower case, without spaces.')}
          </div>
          ${this.#renderDatabase(databases)}
        </div>
      </app-panel>
      <app-refusal .refusal=${this.#importing.refusal}></app-refusal>
      <div class="actions">
        <wa-button type="submit" variant="brand" ?loading=${this.#importing.busy}
          >Import table</wa-button
        >
        <slot></slot>
      </div>
    </form>`;
  }

  #renderDatabase(databases: Database[]) {
    const chosen = this.database ?? databases[0]?.id ?? another;
    const refused = this.#importing.at('database.id');
    return html`<div class="pair">
      ${
        databases.length > 0
          ? html`<wa-select
              label="Database"
              class=${refused ? 'refused' : ''}
              .value=${chosen}
              hint=${refused ?? ''}
              @change=${(event: Event) => (this.database = changedText(event))}
            >
              ${databases.map(({ id, name }) => html`<wa-option value=${id}>${name}</wa-option>`)}
              <wa-option value=${another}>A new database</wa-option>
            </wa-select>`
          : nothing
      }
      ${chosen === another ? this.#renderInput('database.name', 'Name of the new database', 'Uploads') : nothing}
    </div>`;
  }

  #renderInput(field: string, label: string, value: string, hint = '') {
    const refused = this.#importing.at(field);
    return html`<wa-input
      class=${refused ? 'refused' : ''}
      label=${label}
      name=${field}
      autocomplete="off"
      spellcheck="false"
      value=${value}
      hint=${refused ?? hint}
    ></wa-input>`;
  }

  /** Another format is another file: what was said of the delimiter no longer holds. */
  async #inspect(reading: FileReading): Promise<void> {
    this.reading = reading;
    const described = await this.#inspecting.run(() => inspectUpload(this.upload.id, reading));
    if (described) this.description = described;
  }

  async #submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const begun = await this.#importing.run(async () =>
      importUpload(this.upload.id, this.#read(form)),
    );
    if (begun) this.dispatchEvent(new CustomEvent('app-importing', { detail: begun }));
  }

  #read(form: HTMLFormElement): FileImport {
    const { description } = this;
    if (!description || this.#inspecting.refusal)
      throw refuseLocally('', 'The file is not read so. Change how it is read first.');
    const columns = chosenColumns(description, this.choices);
    const name = fieldText(form, 'table.name').trim();
    if (columns.length === 0) throw refuseLocally('columns', 'Choose at least one column.');
    if (!name) throw refuseLocally('table.name', 'Enter a name.');
    const { format, delimiter, header } = description;
    return {
      format,
      ...(delimiter === undefined ? {} : { delimiter }),
      ...(header === undefined ? {} : { header }),
      database: this.#readDatabase(form),
      table: { name, label: fieldText(form, 'table.label').trim() || name },
      columns,
    };
  }

  #readDatabase(form: HTMLFormElement): FileImport['database'] {
    const chosen = this.database ?? this.#databases.value?.[0]?.id ?? another;
    if (chosen !== another) return { id: chosen };
    const name = fieldText(form, 'database.name').trim();
    if (!name) throw refuseLocally('database.name', 'Enter a name.');
    return { name };
  }
}

// A select trims the values of its options, and a tab would be nothing.
function nameOfDelimiter(delimiter: string | undefined): string {
  return delimiters.find(([sign]) => sign === delimiter)?.[1] ?? '';
}

function delimiterOf(chosen: string): string {
  return delimiters.find(([, name]) => name === chosen)?.[0] ?? ',';
}

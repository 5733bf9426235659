import { setTablesAccess, type TableSummary } from '@aracari/api';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { baseStyles, formStyles } from '../base-styles.js';
import '../parts/app-access-mark.js';
import '../parts/app-confirm.js';
import '../parts/app-empty-state.js';
import '../parts/app-refusal.js';
import { Submission } from '../submission.js';
import { tableStyles } from '../table-styles.js';
import { countOf } from './schema-words.js';

/**
 * The tables of a database: searched, and hidden or shared several at once.
 * @fires app-changed - The access of tables was changed.
 */
@customElement('app-table-list')
export class AppTableList extends LitElement {
  @property({ attribute: false }) tables: TableSummary[] = [];
  @state() private sought = '';
  @state() private selected: ReadonlySet<string> = new Set();
  @state() private sharing = false;
  readonly #hiding = new Submission(this);

  static override styles = [
    baseStyles,
    formStyles,
    tableStyles,
    css`
      .bar {
        display: flex;
        flex-wrap: wrap;
        justify-content: space-between;
        align-items: center;
        gap: 0.75rem;
        min-height: 2.75rem;
        margin-block-end: 0.75rem;
      }
      wa-input {
        flex: 0 1 18rem;
      }
      wa-input::part(form-control-label) {
        position: absolute;
        clip-path: inset(50%);
      }
      th:first-child,
      td.pick {
        width: 2rem;
      }
      td.name small {
        display: block;
        color: var(--wa-color-text-quiet);
        font-weight: 400;
      }
      td:last-child,
      th:last-child {
        text-align: start;
      }
      @media (max-width: 760px) {
        wa-input {
          flex: 1 1 100%;
        }
        td.pick {
          position: absolute;
          inset-block-start: 0.875rem;
          inset-inline-end: 0;
          width: auto;
        }
        tr:first-child td.pick {
          inset-block-start: 0;
        }
        td.name {
          padding-inline-end: 2.5rem;
        }
      }
    `,
  ];

  override willUpdate(): void {
    // What has gone or is not shown must not be changed along with the rest.
    const shown = new Set(this.#shown.map(({ id }) => id));
    if ([...this.selected].some((id) => !shown.has(id)))
      this.selected = new Set([...this.selected].filter((id) => shown.has(id)));
  }

  override render() {
    if (this.tables.length === 0)
      return html`<app-empty-state icon="table" heading="No tables">
        This database has no tables. Refresh the schema once there are some.
      </app-empty-state>`;
    return html`<div class="bar">
        <wa-input
          label="Search tables"
          type="search"
          size="s"
          with-clear
          placeholder="Search tables"
          autocomplete="off"
          @input=${(event: Event) => (this.sought = (event.target as HTMLInputElement).value ?? '')}
          @wa-clear=${() => (this.sought = '')}
          ><wa-icon slot="start" name="search"></wa-icon
        ></wa-input>
        ${this.#renderBulk()}
      </div>
      <app-refusal .refusal=${this.#hiding.refusal}></app-refusal>
      ${
        this.#shown.length > 0
          ? this.#renderTable()
          : html`<p class="quiet">No table is called so.</p>`
      }
      ${this.#renderSharing()}`;
  }

  get #shown(): TableSummary[] {
    const sought = this.sought.trim().toLowerCase();
    return this.tables.filter(({ name, label }) =>
      `${name}\n${label}`.toLowerCase().includes(sought),
    );
  }

  #renderBulk() {
    if (this.selected.size === 0) return nothing;
    return html`<div class="actions" role="group" aria-label="Selected tables">
      <span class="small">${countOf(this.selected.size, 'table')} selected</span>
      <wa-button size="s" appearance="outlined" ?loading=${this.#hiding.busy} @click=${this.#hide}
        >Hide</wa-button
      >
      <wa-button size="s" appearance="outlined" @click=${() => (this.sharing = true)}
        >Share…</wa-button
      >
    </div>`;
  }

  #renderTable() {
    const shown = this.#shown;
    const all = shown.length > 0 && this.selected.size === shown.length;
    return html`<table role="table">
      <thead role="rowgroup">
        <tr role="row">
          <th role="columnheader" scope="col">
            <wa-checkbox
              ?checked=${all}
              .checked=${all}
              .indeterminate=${!all && this.selected.size > 0}
              @change=${() => this.#selectAll(!all)}
              ><span class="hidden-text">Select all tables</span></wa-checkbox
            >
          </th>
          ${['Table', 'Access', 'Rules', 'Columns'].map(
            (column) => html`<th role="columnheader" scope="col">${column}</th>`,
          )}
        </tr>
      </thead>
      <tbody role="rowgroup">
        ${shown.map((table) => this.#renderRow(table))}
      </tbody>
    </table>`;
  }

  #renderRow({ id, name, label, access, rules, columns, statement, undecided }: TableSummary) {
    const title = label || name;
    return html`<tr role="row">
      <td role="cell" class="pick">
        <wa-checkbox .checked=${this.selected.has(id)} @change=${() => this.#toggle(id)}
          ><span class="hidden-text">Select ${title}</span></wa-checkbox
        >
      </td>
      <td role="cell" class="name">
        <a href="/tables/${encodeURIComponent(id)}/rules">${title}</a>
        ${statement ? html`<app-badge>SQL</app-badge>` : nothing}
        ${columns === 0 ? html`<app-badge variant="danger">Gone</app-badge>` : nothing}
        ${label && label !== name ? html`<small>${name}</small>` : nothing}
      </td>
      <td role="cell" data-label="Access">
        <app-access-mark access=${access} ?undecided=${undecided}></app-access-mark>
      </td>
      <td role="cell" data-label="Rules">${rules}</td>
      <td role="cell" data-label="Columns">${columns}</td>
    </tr>`;
  }

  #renderSharing() {
    const names = this.tables
      .filter(({ id }) => this.selected.has(id))
      .map(({ name, label }) => label || name);
    return html`<app-confirm
      heading="Share ${countOf(names.length, 'table')}?"
      verb="Share all rows"
      ?open=${this.sharing}
      .deed=${() => setTablesAccess([...this.selected], 'shared')}
      @app-done=${this.#done}
      @app-closed=${() => (this.sharing = false)}
    >
      <p>
        Everyone with a token sees all rows of ${names.join(', ')}. Access rules of these tables no
        longer apply.
      </p>
    </app-confirm>`;
  }

  #toggle(id: string): void {
    const selected = new Set(this.selected);
    if (!selected.delete(id)) selected.add(id);
    this.selected = selected;
  }

  #selectAll(all: boolean): void {
    this.selected = new Set(all ? this.#shown.map(({ id }) => id) : []);
  }

  async #hide(): Promise<void> {
    const done = await this.#hiding.run(() => setTablesAccess([...this.selected], 'hidden'));
    if (done) this.#done();
  }

  #done(): void {
    this.selected = new Set();
    this.dispatchEvent(new Event('app-changed'));
  }
}

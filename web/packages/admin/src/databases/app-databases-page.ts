import { type Database, listDatabases } from '@aracari/api';
import { css, html, LitElement } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { baseStyles } from '../base-styles.js';
import { Loading } from '../loading.js';
import '../parts/app-badge.js';
import '../parts/app-empty-state.js';
import '../parts/app-panel.js';
import { router } from '../router.js';
import { tableStyles } from '../table-styles.js';
import './app-add-database.js';

const kinds: Record<Database['kind'], string> = { duckdb: 'DuckDB', postgres: 'PostgreSQL' };

/** The databases of the organization. */
@customElement('app-databases-page')
export class AppDatabasesPage extends LitElement {
  @state() private adding = false;
  readonly #databases = new Loading(this, listDatabases);

  static override styles = [
    baseStyles,
    tableStyles,
    css`
      h1 {
        margin-block-end: 1.5rem;
      }
    `,
  ];

  override render() {
    return html`<h1>Databases</h1>
      <app-panel>
        <span slot="description">
          What your charts read from. Every table is hidden until you share it or write access rules
          for it.
        </span>
        <wa-button slot="action" variant="brand" @click=${() => (this.adding = true)}>
          <wa-icon slot="start" name="plus"></wa-icon>Add a database
        </wa-button>
        ${this.#databases.render((list) => (list.length > 0 ? this.#renderTable(list) : this.#renderEmpty()))}
      </app-panel>
      <app-add-database
        ?open=${this.adding}
        @app-added=${(event: CustomEvent<Database>) => router.go(addressOf(event.detail))}
        @app-closed=${() => (this.adding = false)}
      ></app-add-database>`;
  }

  #renderTable(list: Database[]) {
    return html`<table role="table">
      <thead role="rowgroup">
        <tr role="row">
          ${['Name', 'Kind', 'Tables', 'Undecided'].map(
            (column) => html`<th role="columnheader" scope="col">${column}</th>`,
          )}
        </tr>
      </thead>
      <tbody role="rowgroup">
        ${list.map((database) => this.#renderRow(database))}
      </tbody>
    </table>`;
  }

  #renderRow(database: Database) {
    const { name, kind, tables, undecided } = database;
    return html`<tr role="row">
      <td role="cell" class="name">
        <a href=${addressOf(database)}>${name}</a>
      </td>
      <td role="cell" data-label="Kind">${kinds[kind] ?? kind}</td>
      <td role="cell" data-label="Tables">${tables}</td>
      <td role="cell" data-label="Undecided">
        ${undecided > 0 ? html`<app-badge variant="danger">${undecided}</app-badge>` : 'None'}
      </td>
    </tr>`;
  }

  #renderEmpty() {
    return html`<app-empty-state icon="database" heading="No databases yet">
      Put a DuckDB file into the folder <code>databases</code> of the data directory, then add it
      here.
    </app-empty-state>`;
  }
}

function addressOf({ id }: Database): string {
  return `/databases/${encodeURIComponent(id)}`;
}

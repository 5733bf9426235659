import { type Database, listDatabases } from '@aracari/api';
import { css, html, LitElement } from 'lit';
import { customElement } from 'lit/decorators.js';
import { baseStyles } from '../base-styles.js';
import { Loading } from '../loading.js';
import '../parts/app-badge.js';
import '../parts/app-empty-state.js';
import '../parts/app-panel.js';
import { tableStyles } from '../table-styles.js';
import { nameOfKind } from './schema-words.js';

/** The databases of the organization. */
@customElement('app-databases-page')
export class AppDatabasesPage extends LitElement {
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
        <wa-button slot="action" variant="brand" href="/databases/new">
          <wa-icon slot="start" name="plus"></wa-icon>Add a database
        </wa-button>
        ${this.#databases.render((list) => (list.length > 0 ? this.#renderTable(list) : this.#renderEmpty()))}
      </app-panel>`;
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
    const { name, tables, undecided } = database;
    return html`<tr role="row">
      <td role="cell" class="name">
        <a href=${addressOf(database)}>${name}</a>
      </td>
      <td role="cell" data-label="Kind">${nameOfKind(database)}</td>
      <td role="cell" data-label="Tables">${tables}</td>
      <td role="cell" data-label="Undecided">
        ${undecided > 0 ? html`<app-badge variant="danger">${undecided}</app-badge>` : 'None'}
      </td>
    </tr>`;
  }

  #renderEmpty() {
    return html`<app-empty-state icon="database" heading="No databases yet">
      Connect to PostgreSQL, upload a file, or add a DuckDB file of the server.
    </app-empty-state>`;
  }
}

function addressOf({ id }: Database): string {
  return `/databases/${encodeURIComponent(id)}`;
}

import { css, html, LitElement } from 'lit';
import { customElement } from 'lit/decorators.js';
import { baseStyles } from '../base-styles.js';
import { cardStyles } from '../card-styles.js';
import '../parts/app-trail.js';

const kinds = [
  {
    address: '/databases/new/postgres',
    icon: 'database',
    name: 'PostgreSQL',
    meaning: 'Connect to a server, or to what speaks its protocol. Rows stay where they are.',
  },
  {
    address: '/uploads',
    icon: 'upload',
    name: 'Upload a file',
    meaning: 'CSV, Parquet or JSON from your computer. It is kept sorted for your access rules.',
  },
  {
    address: '/databases/new/duckdb',
    icon: 'table',
    name: 'DuckDB file',
    meaning: 'A file that already lies on the server. It is only read.',
  },
];

/** The ways to bring data in, to choose one. */
@customElement('app-add-database-page')
export class AppAddDatabasePage extends LitElement {
  static override styles = [
    baseStyles,
    cardStyles,
    css`
      h1 {
        margin-block: 0.75rem 0.35rem;
      }
      ul {
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 15rem), 1fr));
        max-width: 60rem;
        margin-block-start: 1.5rem;
      }
      a {
        grid-template-rows: auto auto 1fr;
        gap: 0.35rem;
        padding: 1.25rem;
      }
      .icon {
        margin-block-end: 0.5rem;
      }
    `,
  ];

  override render() {
    return html`<app-trail .above=${[['/databases', 'Databases']]} current="Add"></app-trail>
      <h1>Add a database</h1>
      <p class="quiet">Where is your data? Every table comes in hidden until you decide on it.</p>
      <ul>
        ${kinds.map(
          ({ address, icon, name, meaning }) =>
            html`<li>
              <a href=${address}>
                <span class="icon"><wa-icon name=${icon}></wa-icon></span>
                <h2>${name}</h2>
                <span class="quiet small">${meaning}</span>
              </a>
            </li>`,
        )}
      </ul>`;
  }
}

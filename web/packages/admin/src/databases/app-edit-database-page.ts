import { type Database, listDatabases, saveDatabase } from '@aracari/api';
import { html, LitElement, nothing } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { baseStyles } from '../base-styles.js';
import { fieldText } from '../field-text.js';
import { Loading } from '../loading.js';
import '../parts/app-panel.js';
import '../parts/app-refusal.js';
import '../parts/app-trail.js';
import { router } from '../router.js';
import '../shell/app-not-found-page.js';
import { refuseLocally, Submission } from '../submission.js';
import './app-postgres-connections.js';
import type { AppPostgresConnections } from './app-postgres-connections.js';
import { pageFormStyles, renderNameField, renderPageButtons } from './database-form.js';

/** What can be changed of a database: its name, how long its answers may be shown again, and its connections. */
@customElement('app-edit-database-page')
export class AppEditDatabasePage extends LitElement {
  @property({ attribute: false }) databaseId = '';
  @query('app-postgres-connections') private connections?: AppPostgresConnections;
  readonly #database = new Loading(this, async (signal) => ({
    found: (await listDatabases(signal)).find(({ id }) => id === this.databaseId),
  }));
  readonly #submission = new Submission(this);

  static override styles = [baseStyles, ...pageFormStyles];

  override render() {
    return this.#database.render(({ found }) =>
      found ? this.#renderPage(found) : html`<app-not-found-page></app-not-found-page>`,
    );
  }

  #renderPage(database: Database) {
    const refused = (field: string) => this.#submission.at(field);
    return html`<app-trail
        .above=${[
          ['/databases', 'Databases'],
          [this.#address, database.name],
        ]}
        current="Edit"
      ></app-trail>
      <h1>Edit database</h1>
      <form class="page" novalidate @submit=${this.#submit}>
        <app-panel heading="General">
          <div class="fields">
            ${renderNameField(this.#submission, database.name)} ${this.#renderFreshness(database)}
          </div>
        </app-panel>
        ${
          database.kind === 'postgres'
            ? html`<app-postgres-connections
                class=${refused('postgres') || refused('sandbox') ? 'refused' : ''}
                .database=${database}
                .refused=${refused}
              ></app-postgres-connections>`
            : nothing
        }
        ${renderPageButtons(this.#submission, 'Save', this.#address)}
      </form>`;
  }

  #renderFreshness({ freshnessSeconds }: Database) {
    const refused = this.#submission.at('freshnessSeconds');
    return html`<wa-input
      class=${refused ? 'refused' : ''}
      label="Freshness in seconds"
      name="freshnessSeconds"
      inputmode="numeric"
      autocomplete="off"
      value=${freshnessSeconds}
      hint=${refused ?? 'How long an answer may be shown again to those who may see the same. 0: never.'}
    ></wa-input>`;
  }

  get #address(): string {
    return `/databases/${encodeURIComponent(this.databaseId)}`;
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
      const changes = { name, freshnessSeconds: Number(seconds) };
      return saveDatabase(this.databaseId, { ...changes, ...this.#readConnections() });
    });
    if (saved) router.go(this.#address);
  }

  #readConnections() {
    if (!this.connections) return {};
    const { postgres, sandbox = null } = this.connections.read();
    return { postgres, sandbox };
  }
}

import {
  type ConnectionTest,
  type Database,
  deleteDatabase,
  listDatabases,
  listTables,
  purgeDatabase,
  refreshDatabase,
  type SchemaChanges,
  type TableSummary,
  testDatabase,
} from '@aracari/api';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { baseStyles, formStyles } from '../base-styles.js';
import { Loading } from '../loading.js';
import '../parts/app-confirm.js';
import '../parts/app-panel.js';
import '../parts/app-refusal.js';
import '../parts/app-trail.js';
import { router } from '../router.js';
import '../shell/app-not-found-page.js';
import { Submission } from '../submission.js';
import { formatDuration } from '../time.js';
import { renderOutcome } from '../outcome.js';
import './app-add-sql-table.js';
import './app-table-list.js';
import { countOf, describeChanges, describeSource, whatStays } from './schema-words.js';

type Outcome =
  | { kind: 'test'; test: ConnectionTest }
  | { kind: 'refresh'; changes: SchemaChanges }
  | { kind: 'purge'; dropped: number };

/** One database: what can be done with it, and its tables. */
@customElement('app-database-page')
export class AppDatabasePage extends LitElement {
  @property({ attribute: false }) databaseId = '';
  @state() private dialog: 'none' | 'delete' | 'sql-table' = 'none';
  @state() private outcome?: Outcome;
  readonly #loading = new Loading(this, (signal) => this.#load(signal));
  readonly #action = new Submission(this);

  static override styles = [
    baseStyles,
    formStyles,
    css`
      .head {
        display: flex;
        flex-wrap: wrap;
        justify-content: space-between;
        align-items: flex-start;
        gap: 0.75rem 1.5rem;
        margin-block: 0.75rem 1.5rem;
      }
      [role='status'] {
        display: block;
      }
      wa-callout {
        margin-block-end: 1.25rem;
      }
      wa-callout li + li {
        margin-block-start: 0.2rem;
      }
    `,
  ];

  override render() {
    return this.#loading.render(({ database, tables }) => {
      if (!database) return html`<app-not-found-page></app-not-found-page>`;
      return html`<app-trail
          .above=${[['/databases', 'Databases']]}
          current=${database.name}
        ></app-trail>
        <div class="head">
          <div>
            <h1>${database.name}</h1>
            <p class="quiet small">${describe(database)}</p>
          </div>
          ${this.#renderActions()}
        </div>
        <app-refusal .refusal=${this.#action.refusal}></app-refusal>
        <div role="status">${this.outcome ? tell(this.outcome) : nothing}</div>
        ${this.#renderTables(database, tables)} ${this.#renderDialogs(database)}`;
    });
  }

  #renderActions() {
    const button = (text: string, act: () => void) =>
      html`<wa-button size="s" appearance="outlined" ?disabled=${this.#action.busy} @click=${act}
        >${text}</wa-button
      >`;
    return html`<div class="actions">
      ${button('Test connection', () => void this.#run(async () => ({ kind: 'test', test: await testDatabase(this.databaseId) })))}
      ${button('Refresh schema', () => void this.#refresh())}
      ${button('Purge cache', () => void this.#run(async () => ({ kind: 'purge', dropped: await purgeDatabase(this.databaseId) })))}
      ${button('Edit', () => router.go(`/databases/${encodeURIComponent(this.databaseId)}/edit`))}
      ${button('Delete', () => (this.dialog = 'delete'))}
    </div>`;
  }

  #renderTables(database: Database, tables: TableSummary[]) {
    return html`<app-panel heading="Tables">
      <span slot="description">
        Hidden tables do not exist for tokens. Shared ones show all rows to everyone with a token.
        With RLS (row-level security) enabled, access rules decide.
        ${
          database.kind === 'postgres'
            ? 'What a query should prepare is a view in PostgreSQL: Aracari reads views like tables.'
            : nothing
        }
      </span>
      <div slot="action" class="actions">
        ${
          database.imported
            ? html`<wa-button appearance="outlined" href="/uploads">
                <wa-icon slot="start" name="upload"></wa-icon>Upload a file
              </wa-button>`
            : nothing
        }
        ${
          database.kind === 'duckdb'
            ? html`<wa-button appearance="outlined" @click=${() => (this.dialog = 'sql-table')}>
                <wa-icon slot="start" name="plus"></wa-icon>Add SQL table
              </wa-button>`
            : nothing
        }
      </div>
      <app-table-list
        .tables=${tables}
        @app-changed=${() => this.#loading.reload()}
      ></app-table-list>
    </app-panel>`;
  }

  #renderDialogs(database: Database) {
    return html`<app-add-sql-table
        .databaseId=${database.id}
        ?open=${this.dialog === 'sql-table'}
        @app-closed=${this.#closeDialog}
      ></app-add-sql-table>
      <app-confirm
        heading="Delete this database?"
        verb="Delete database"
        typed=${database.name}
        ?open=${this.dialog === 'delete'}
        .deed=${() => deleteDatabase(database.id)}
        @app-done=${() => router.go('/databases')}
        @app-closed=${this.#closeDialog}
      >
        <p>
          Its ${countOf(database.tables, 'table')} and their access rules go with it.
          ${whatStays(database)} This cannot be undone.
        </p>
      </app-confirm>`;
  }

  async #load(signal: AbortSignal) {
    const database = (await listDatabases(signal)).find(({ id }) => id === this.databaseId);
    if (!database) return { database, tables: [] };
    document.title = `${database.name} · Aracari`;
    return { database, tables: await listTables(database.id, signal) };
  }

  async #refresh(): Promise<void> {
    await this.#run(async () => ({
      kind: 'refresh',
      changes: await refreshDatabase(this.databaseId),
    }));
    await this.#loading.reload();
  }

  async #run(act: () => Promise<Outcome>): Promise<void> {
    this.outcome = undefined;
    this.outcome = await this.#action.run(act);
  }

  #closeDialog(): void {
    this.dialog = 'none';
  }
}

function describe(database: Database): string {
  const { freshnessSeconds } = database;
  const fresh =
    freshnessSeconds > 0
      ? `Answers are kept for ${formatDuration(freshnessSeconds)}.`
      : 'Answers are not kept.';
  return `${describeSource(database)} ${fresh}`;
}

function tell(outcome: Outcome) {
  switch (outcome.kind) {
    case 'test':
      return outcome.test.ok
        ? renderOutcome(true, [
            `Connected in ${outcome.test.milliseconds} ms, version ${outcome.test.version}.`,
          ])
        : renderOutcome(false, [outcome.test.reason]);
    case 'refresh': {
      const changes = describeChanges(outcome.changes);
      return renderOutcome(true, changes.length > 0 ? changes : ['Nothing has changed.']);
    }
    case 'purge':
      return renderOutcome(true, [`Dropped ${countOf(outcome.dropped, 'answer')} from the cache.`]);
  }
}

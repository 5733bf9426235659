import {
  type AracariError,
  deleteTable,
  getTable,
  listDatabases,
  listTokenAttributes,
  saveTable,
  type Table,
  type TableDefinition,
  type TableProblem,
  type TokenAttribute,
} from '@aracari/api';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { baseStyles, formStyles } from '../base-styles.js';
import { Loading } from '../loading.js';
import '../parts/app-access-mark.js';
import '../parts/app-confirm.js';
import '../parts/app-trail.js';
import { router } from '../router.js';
import { checkColumns, checkRules } from '../rules/rule-checks.js';
import '../shell/app-not-found-page.js';
import { Submission } from '../submission.js';
import { tabStyles } from '../tab-styles.js';
import './app-access-rules.js';
import { checkStructure } from './metric-words.js';
import './app-save-bar.js';
import type { AppSaveBar } from './app-save-bar.js';
import './app-table-preview.js';
import './app-table-structure.js';
import './app-table-versions.js';
import { describePlace, draftOf, isChanged, summarize } from './table-draft.js';

const tabs = [
  ['structure', 'Structure'],
  ['preview', 'Preview'],
  ['rules', 'Access rules'],
  ['versions', 'Versions'],
] as const;

interface Loaded {
  table: Table;
  attributes: TokenAttribute[];
  database: string;
}

/**
 * One table: its structure, a preview, its access rules and its versions, one tab an address. What is changed in one tab
 * stays while another is looked at, until it is saved or discarded.
 */
@customElement('app-table-page')
export class AppTablePage extends LitElement {
  @property({ attribute: false }) tableId = '';
  @property({ attribute: false }) tab = 'rules';
  @state() private draft?: TableDefinition;
  /** What was found wrong with the draft, by the page or by the server. */
  @state() private problems: TableProblem[] = [];
  /** Where the person wants to go although there are changes. */
  @state() private leave: (() => void) | undefined;
  @state() private deleting = false;
  @query('app-save-bar') private bar?: AppSaveBar;
  readonly #loading = new Loading(this, (signal) => this.#load(signal));
  readonly #saving = new Submission(this);
  readonly #onUnload = (event: BeforeUnloadEvent): void => {
    if (this.#changed) event.preventDefault();
  };

  static override styles = [
    baseStyles,
    formStyles,
    tabStyles,
    css`
      .head {
        display: flex;
        flex-wrap: wrap;
        justify-content: space-between;
        align-items: flex-start;
        gap: 0.75rem 1.5rem;
        margin-block: 0.75rem 1rem;
      }
      .title {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0.25rem 0.75rem;
      }
      h1 {
        margin: 0;
        overflow-wrap: anywhere;
      }
      wa-callout {
        margin-block-end: 1rem;
      }
    `,
  ];

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('beforeunload', this.#onUnload);
    router.guardLeaving((path, leave) => this.#mayLeave(path, leave));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('beforeunload', this.#onUnload);
    router.guardLeaving(undefined);
  }

  override render() {
    if (this.#loading.error?.status === 404) return html`<app-not-found-page></app-not-found-page>`;
    return this.#loading.render((loaded) =>
      this.draft ? this.#renderPage(loaded, this.draft) : nothing,
    );
  }

  #renderPage(loaded: Loaded, draft: TableDefinition) {
    const { table, database } = loaded;
    const title = table.label || table.name;
    return html`<app-trail
        .above=${[
          ['/databases', 'Databases'],
          [`/databases/${encodeURIComponent(table.databaseId)}`, database],
        ]}
        current=${title}
      ></app-trail>
      <div class="head">
        <div>
          <div class="title">
            <h1>${title}</h1>
            <app-access-mark access=${table.access}></app-access-mark>
          </div>
          <p class="quiet small">
            ${table.name === title ? '' : `${table.name}, `}version ${table.version}
          </p>
        </div>
        ${
          mayBeDeleted(table)
            ? html`<wa-button size="s" appearance="outlined" @click=${() => (this.deleting = true)}
                >Delete table</wa-button
              >`
            : nothing
        }
      </div>
      ${this.#renderProblems(table)} ${table.access === 'hidden' ? renderHidden() : nothing}
      <wa-tab-group active=${this.tab} without-scroll-controls @wa-tab-show=${this.#show}>
        ${tabs.map(([name, text]) => html`<wa-tab panel=${name}>${text}</wa-tab>`)}
        ${tabs.map(
          ([name]) =>
            html`<wa-tab-panel name=${name}
              >${this.tab === name ? this.#renderTab(loaded, draft) : nothing}</wa-tab-panel
            >`,
        )}
      </wa-tab-group>
      ${this.#renderBar(table, draft)} ${this.#renderDialogs(table)}`;
  }

  /** What the server found in the stored table, such as a rule whose column has vanished. */
  #renderProblems(table: Table) {
    const { problems } = table;
    if (problems.length === 0) return nothing;
    return html`<wa-callout variant="warning" size="s">
      <wa-icon slot="icon" name="warning"></wa-icon>
      <strong>This table needs a decision</strong>
      <ul>
        ${problems.map(({ field, what }) => html`<li>${describePlace(field, table)}: ${what}</li>`)}
      </ul>
    </wa-callout>`;
  }

  #renderTab({ table, attributes }: Loaded, draft: TableDefinition) {
    switch (this.tab) {
      case 'structure':
        return html`<app-table-structure
          .draft=${draft}
          .problems=${this.problems}
          @app-changed=${this.#change}
        ></app-table-structure>`;
      case 'preview':
        return html`<app-table-preview
          .tableId=${table.id}
          .version=${table.version}
          ?changed=${this.#changed}
        ></app-table-preview>`;
      case 'versions':
        return html`<app-table-versions
          .table=${table}
          .tokenAttributes=${attributes}
          ?changed=${this.#changed}
          @app-restored=${(event: CustomEvent<Table>) => this.#accept(event.detail)}
        ></app-table-versions>`;
      default:
        return html`<app-access-rules
          .draft=${draft}
          .tokenAttributes=${attributes}
          .problems=${this.problems}
          @app-changed=${this.#change}
        ></app-access-rules>`;
    }
  }

  #renderBar(table: Table, draft: TableDefinition) {
    if (!this.#changed) return nothing;
    return html`<app-save-bar
      .draft=${draft}
      .proposal=${summarize(draft, table)}
      .refusal=${this.#saving.refusal}
      .problems=${this.problems}
      ?busy=${this.#saving.busy}
      @app-save=${(event: CustomEvent<string>) => this.#save(event.detail)}
      @app-discard=${this.#discard}
      @app-reload=${this.#reload}
    ></app-save-bar>`;
  }

  #renderDialogs(table: Table) {
    return html`<app-confirm
        heading="Leave without saving?"
        verb="Leave"
        ?open=${Boolean(this.leave)}
        .deed=${async () => this.#discard()}
        @app-done=${() => this.leave?.()}
        @app-closed=${() => (this.leave = undefined)}
      >
        <p>Your changes to this table are not saved.</p>
      </app-confirm>
      <app-confirm
        heading="Delete this table?"
        verb="Delete table"
        ?open=${this.deleting}
        .deed=${() => deleteTable(table.id)}
        @app-done=${() => this.#deleted(table)}
        @app-closed=${() => (this.deleting = false)}
      >
        <p>Its access rules, metrics and dimensions go with it. This cannot be undone.</p>
      </app-confirm>`;
  }

  get #changed(): boolean {
    const table = this.#loading.value?.table;
    return Boolean(table && this.draft && isChanged(this.draft, table));
  }

  async #load(signal: AbortSignal): Promise<Loaded> {
    const [table, attributes, databases] = await Promise.all([
      getTable(this.tableId, signal),
      listTokenAttributes(),
      listDatabases(signal),
    ]);
    const database = databases.find(({ id }) => id === table.databaseId)?.name ?? 'Database';
    document.title = `${table.label || table.name} · Aracari`;
    this.draft = draftOf(table);
    this.problems = [];
    return { table, attributes, database };
  }

  #change(event: CustomEvent<Partial<TableDefinition>>): void {
    if (!this.draft) return;
    this.draft = { ...this.draft, ...event.detail };
    // Sentences of a refusal stand at places of the draft before; they would now be at wrong ones.
    this.problems = [];
  }

  async #save(summary: string): Promise<void> {
    const { draft } = this;
    const loaded = this.#loading.value;
    if (!draft || !loaded) return;
    const scope = { columns: draft.columns, attributes: loaded.attributes };
    this.problems = [
      ...checkStructure(draft),
      ...checkRules(draft.rules, scope),
      ...checkColumns(draft.columns, scope),
    ];
    if (this.problems.length > 0) {
      this.#saving.clear();
      this.bar?.focusFirst();
      return;
    }
    const saved = await this.#saving.run(() =>
      saveTable(this.tableId, loaded.table.version, draft, summary),
    );
    if (saved) this.#accept(saved);
    else this.problems = problemsOf(this.#saving.refusal);
  }

  #accept(table: Table): void {
    const loaded = this.#loading.value;
    if (!loaded) return;
    this.#loading.value = { ...loaded, table };
    this.#discard();
  }

  #discard(): void {
    const table = this.#loading.value?.table;
    if (!table) return;
    this.draft = draftOf(table);
    this.problems = [];
    this.#saving.clear();
  }

  async #reload(): Promise<void> {
    this.#saving.clear();
    await this.#loading.reload();
  }

  #mayLeave(path: string, leave: () => void): boolean {
    const within = path.startsWith(`/tables/${encodeURIComponent(this.tableId)}/`);
    if (within || !this.#changed) return true;
    this.leave = leave;
    return false;
  }

  #deleted(table: Table): void {
    this.#discard();
    router.go(`/databases/${encodeURIComponent(table.databaseId)}`);
  }

  #show(event: CustomEvent<{ name: string }>): void {
    const { name } = event.detail;
    if (event.target !== event.currentTarget || name === this.tab) return;
    router.go(`/tables/${encodeURIComponent(this.tableId)}/${name}`);
  }
}

function problemsOf(refusal: AracariError | undefined): TableProblem[] {
  return refusal?.field ? [{ field: refusal.field, what: refusal.detail || refusal.title }] : [];
}

/** SQL tables, and tables that are gone from their database: those have no column left. */
function mayBeDeleted({ statement, columns }: Table): boolean {
  return statement !== undefined || columns.every(({ gone }) => gone);
}

function renderHidden() {
  return html`<wa-callout variant="neutral" size="s">
    <wa-icon slot="icon" name="eye-slash"></wa-icon>
    Hidden until you say who sees it.
  </wa-callout>`;
}

import {
  AracariError,
  createDashboard,
  type DashboardDraft,
  deleteDashboard,
  discardDraft,
  type DraftFilter,
  type DraftTile,
  duplicateDashboard,
  exportDashboard,
  getStoredDashboard,
  getTable,
  getTheme,
  type ListedChart,
  listCharts,
  type StoredDashboard,
  type Table,
  type ThemeTokens,
} from '@aracari/api';
import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { appearance, type Scheme } from '../appearance.js';
import { baseStyles, formStyles } from '../base-styles.js';
import '../dashboards/app-dashboard-head.js';
import { Following } from '../following.js';
import { Loading } from '../loading.js';
import '../parts/app-confirm.js';
import '../parts/app-empty-state.js';
import '../parts/app-refusal.js';
import { router } from '../router.js';
import '../shell/app-not-found-page.js';
import { Submission } from '../submission.js';
import '../themes/app-theme-form.js';
import '../themes/app-themed.js';
import { layThemes } from '../themes/theme-colors.js';
import './app-add-chart.js';
import './app-editor-bar.js';
import type { BarDeed } from './app-editor-bar.js';
import './app-editor-conflict.js';
import './app-editor-filters.js';
import './app-editor-grid.js';
import './app-editor-list.js';
import './app-editor-tabs.js';
import type { TabDeed } from './app-editor-tabs.js';
import './app-editor-versions.js';
import './app-text-dialog.js';
import { ChartResults } from './chart-results.js';
import {
  actsOn,
  addTile,
  newId,
  removeFilter,
  sizeFor,
  sizeForText,
  tilesOn,
  toggleWire,
  withFilterAt,
  withTiles,
} from './dashboard-draft.js';
import { applyTabDeed, applyTileDeed } from './draft-deeds.js';
import { EditorSession } from './editor-session.js';
import { editorPageStyles } from './editor-page-styles.js';
import type { TileDeed, TileStage } from './editor-tile.js';
import { saveFile } from './save-file.js';

interface Loaded {
  charts: Map<string, ListedChart>;
  organizationTheme: ThemeTokens;
}

type Asking = 'discard' | 'delete' | 'leave';

/** A dashboard while it is edited: its tiles, tabs, filters and theme. What is done is saved as a draft by itself. */
@customElement('app-dashboard-editor-page')
export class AppDashboardEditorPage extends LitElement {
  @property({ attribute: false }) dashboardId = '';
  @state() private tab = '';
  @state() private tables: Table[] = [];
  /** The id of the filter that is being edited. */
  @state() private filter = '';
  @state() private dialog: 'chart' | 'text' | 'versions' | undefined;
  /** The text tile that is being written; empty: a new one. */
  @state() private textTile = '';
  @state() private asking: Asking | undefined;
  @state() private theming = false;
  @state() private scheme: Scheme = appearance.scheme;
  @query('app-editor-grid, app-editor-list') private field?: HTMLElement & {
    focusTile?(id: string): void;
  };
  #session: EditorSession | undefined;
  #leave: () => void = () => undefined;
  readonly #narrow = matchMedia('(max-width: 760px)');
  readonly #results = new ChartResults();
  readonly #loading = new Loading(this, (signal) => this.#load(signal));
  readonly #doing = new Submission(this);
  readonly #redraw = (): void => this.requestUpdate();
  readonly #onUnload = (event: BeforeUnloadEvent): void => {
    if (this.#session?.unsaved) event.preventDefault();
  };
  readonly #onKey = (event: KeyboardEvent): void => this.#pressed(event);

  constructor() {
    super();
    new Following(this, this.#results);
    new Following(this, this.#narrow);
    new Following(this, appearance);
  }

  static override styles = [baseStyles, formStyles, editorPageStyles];

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('beforeunload', this.#onUnload);
    addEventListener('keydown', this.#onKey);
    router.guardLeaving((_, leave) => this.#mayLeave(leave));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('beforeunload', this.#onUnload);
    removeEventListener('keydown', this.#onKey);
    router.guardLeaving(undefined);
    this.#session?.removeEventListener('change', this.#redraw);
    this.#session?.end();
    this.#results.end();
  }

  override willUpdate(changed: PropertyValues): void {
    if (!this.theming && !changed.has('scheme')) this.scheme = appearance.scheme;
    const tabs = this.#draft?.tabs ?? [];
    if (!tabs.some(({ id }) => id === this.tab)) this.tab = tabs[0]?.id ?? '';
    if (!this.#draft?.filters.some(({ id }) => id === this.filter)) this.filter = '';
  }

  override render() {
    if (this.#loading.error?.status === 404) return html`<app-not-found-page></app-not-found-page>`;
    return this.#loading.render((loaded) =>
      this.#session ? this.#renderPage(loaded, this.#session) : nothing,
    );
  }

  #renderPage(loaded: Loaded, session: EditorSession) {
    const { stored, edited } = session;
    return html`<app-dashboard-head
        .dashboardId=${stored.id}
        name=${edited.name}
        page="edit"
        .published=${stored.published}
        ?drafted=${stored.hasDraft}
      ></app-dashboard-head>
      <h1 class="hidden-text">Edit ${edited.name}</h1>
      ${this.#renderConflict(loaded, session)}
      <app-editor-bar
        .session=${session}
        @app-deed=${(event: CustomEvent<BarDeed>) => this.#doBar(event.detail)}
      ></app-editor-bar>
      <app-refusal .refusal=${this.#doing.refusal}></app-refusal>
      <div class="columns ${this.theming ? 'themed' : ''}">
        <div class="canvas">${this.#renderCanvas(loaded, edited.draft)}</div>
        ${this.theming ? this.#renderTheme(loaded, edited.draft) : nothing}
      </div>
      ${this.#renderDialogs(loaded, session)}`;
  }

  #renderConflict({ charts }: Loaded, session: EditorSession) {
    if (!session.theirs) return nothing;
    return html`<app-editor-conflict
      .mine=${session.edited}
      .theirs=${session.theirs}
      .nameOf=${(id: string) => charts.get(id)?.name ?? 'Deleted chart'}
      @app-take=${() => session.takeTheirs()}
      @app-keep=${() => void session.keepMine()}
      @app-copy=${() => this.#keepBoth(session)}
    ></app-editor-conflict>`;
  }

  #renderCanvas(loaded: Loaded, draft: DashboardDraft) {
    const charts = [...new Set(draft.tiles.flatMap((tile) => chartIdOf(tile)))].flatMap(
      (id) => loaded.charts.get(id) ?? [],
    );
    return html`<div class="adding">
        <wa-button size="s" appearance="outlined" @click=${() => (this.dialog = 'chart')}>
          <wa-icon slot="start" name="charts"></wa-icon>Add chart
        </wa-button>
        <wa-button size="s" appearance="outlined" @click=${() => this.#writeText('')}>
          <wa-icon slot="start" name="text"></wa-icon>Add text
        </wa-button>
        ${
          draft.tabs.length === 0 && draft.tiles.length > 0
            ? html`<wa-button
                size="s"
                appearance="plain"
                @click=${() => this.#doTab({ name: 'add' })}
              >
                <wa-icon slot="start" name="plus"></wa-icon>Add tab
              </wa-button>`
            : nothing
        }
      </div>
      <app-editor-filters
        .filters=${draft.filters}
        .tables=${this.tables}
        .charts=${charts}
        .edited=${this.filter}
        @app-open=${(event: CustomEvent<string>) => (this.filter = event.detail)}
        @app-changed=${(event: CustomEvent<DraftFilter>) => this.#change(withFilterAt(draft, event.detail), `filter ${event.detail.id}`)}
        @app-removed=${(event: CustomEvent<string>) => this.#change(removeFilter(draft, event.detail))}
      ></app-editor-filters>
      ${
        draft.tabs.length > 0
          ? html`<app-editor-tabs
              .tabs=${draft.tabs}
              .shown=${this.tab}
              @app-deed=${(event: CustomEvent<TabDeed>) => this.#doTab(event.detail)}
            ></app-editor-tabs>`
          : nothing
      }
      ${this.#renderTiles(loaded, draft)}`;
  }

  #renderTiles(loaded: Loaded, draft: DashboardDraft) {
    const tiles = tilesOn(draft, this.tab);
    if (tiles.length === 0)
      return html`<app-empty-state icon="dashboards" heading="Nothing here yet">
        Put charts and texts where you want them; they are saved as a draft by themselves.
        <wa-button slot="action" variant="brand" @click=${() => (this.dialog = 'chart')}
          >Add a chart</wa-button
        >
      </app-empty-state>`;
    const stage = this.#stageOf(loaded, draft);
    const deed = (event: CustomEvent<[string, TileDeed]>) => this.#doTile(...event.detail);
    return html`<app-themed .theme=${stage.theme} .scheme=${this.scheme}>
      <div class="field">
        ${
          this.#narrow.matches
            ? html`<app-editor-list
                .tiles=${tiles}
                .tabs=${draft.tabs}
                .stage=${stage}
                @app-deed=${deed}
              ></app-editor-list>`
            : html`<app-editor-grid
                .tiles=${tiles}
                .tabs=${draft.tabs}
                .stage=${stage}
                @app-deed=${deed}
                @app-tiles=${(event: CustomEvent<DraftTile[]>) => this.#change(withTiles(draft, event.detail), 'places')}
              ></app-editor-grid>`
        }
      </div>
    </app-themed>`;
  }

  #stageOf({ charts, organizationTheme }: Loaded, { filters, theme }: DashboardDraft): TileStage {
    const filter = filters.find(({ id }) => id === this.filter);
    return {
      charts,
      results: this.#results,
      scheme: this.scheme,
      theme: layThemes(organizationTheme, theme),
      wired: filter && ((chart) => actsOn(filter, chart)),
    };
  }

  #renderTheme({ organizationTheme }: Loaded, draft: DashboardDraft) {
    return html`<aside aria-label="Theme">
      <header>
        <h2>Theme</h2>
        <wa-button size="s" appearance="plain" @click=${() => (this.theming = false)}
          ><wa-icon name="xmark" label="Close the theme"></wa-icon
        ></wa-button>
      </header>
      <p class="small quiet">
        For this dashboard. What is not said here is as in the
        <a href="/settings/theme">organization’s theme</a>.
      </p>
      <app-theme-form
        .theme=${draft.theme}
        .below=${organizationTheme}
        .scheme=${this.scheme}
        @app-scheme=${(event: CustomEvent<Scheme>) => (this.scheme = event.detail)}
        @app-changed=${(event: CustomEvent<ThemeTokens>) => this.#change({ ...draft, theme: event.detail }, 'theme')}
      ></app-theme-form>
    </aside>`;
  }

  #renderDialogs({ charts }: Loaded, { edited }: EditorSession) {
    const { tiles } = edited.draft;
    const written = tiles.find(({ id }) => id === this.textTile);
    return html`<app-add-chart
        ?open=${this.dialog === 'chart'}
        .charts=${[...charts.values()]}
        .used=${new Set(tiles.flatMap(chartIdOf))}
        .dashboardId=${this.dashboardId}
        @app-chosen=${(event: CustomEvent<ListedChart>) => this.#addChart(event.detail)}
        @app-closed=${() => this.#closeDialog('chart')}
      ></app-add-chart>
      <app-text-dialog
        ?open=${this.dialog === 'text'}
        .text=${written?.kind === 'text' ? written.text : ''}
        @app-changed=${(event: CustomEvent<string>) => this.#keepText(event.detail)}
        @app-closed=${() => this.#closeDialog('text')}
      ></app-text-dialog>
      <wa-dialog
        label="Versions"
        ?open=${this.dialog === 'versions'}
        @wa-after-hide=${() => this.#closeDialog('versions')}
      >
        ${
          this.dialog === 'versions'
            ? html`<app-editor-versions
                .dashboardId=${this.dashboardId}
                @app-restored=${(event: CustomEvent<StoredDashboard>) => this.#adopt(event.detail)}
              ></app-editor-versions>`
            : nothing
        }
      </wa-dialog>
      ${this.#renderQuestions()}`;
  }

  #renderQuestions() {
    const closed = () => (this.asking = undefined);
    return html`<app-confirm
        heading="Discard the draft?"
        verb="Discard draft"
        ?open=${this.asking === 'discard'}
        .deed=${async () => this.#adopt(await discardDraft(this.dashboardId))}
        @app-closed=${closed}
      >
        <p>The dashboard is again as its viewers see it. Undo still brings the draft back.</p>
      </app-confirm>
      <app-confirm
        heading="Delete this dashboard?"
        verb="Delete dashboard"
        ?open=${this.asking === 'delete'}
        .deed=${() => deleteDashboard(this.dashboardId)}
        @app-done=${() => this.#goFreely('/dashboards')}
        @app-closed=${closed}
      >
        <p>
          Embeds of it go dark, and its versions go with it. Its charts stay. This cannot be undone.
        </p>
      </app-confirm>
      <app-confirm
        heading="Leave without saving?"
        verb="Leave"
        ?open=${this.asking === 'leave'}
        @app-done=${() => this.#leaveFreely()}
        @app-closed=${closed}
      >
        <p>Your last changes have not reached the server.</p>
      </app-confirm>`;
  }

  get #draft(): DashboardDraft | undefined {
    return this.#session?.edited.draft;
  }

  async #load(signal: AbortSignal): Promise<Loaded> {
    const [stored, list, organizationTheme] = await Promise.all([
      getStoredDashboard(this.dashboardId, signal),
      listCharts(signal),
      getTheme(signal).catch(noTheme),
    ]);
    document.title = `Edit ${stored.name} · Aracari`;
    this.#session = new EditorSession(stored);
    this.#session.addEventListener('change', this.#redraw);
    const charts = new Map(list.map((chart) => [chart.id, chart]));
    this.#addWanted(charts);
    await this.#loadTables(charts, signal);
    return { charts, organizationTheme };
  }

  /** A chart that was made for this dashboard comes with the address. */
  #addWanted(charts: Map<string, ListedChart>): void {
    const wanted = new URLSearchParams(location.search).get('add') ?? '';
    if (!wanted) return;
    router.redirect(location.pathname);
    const chart = charts.get(wanted);
    if (chart) this.#addChart(chart);
  }

  /** Filters act on the tables of the charts that are there. */
  async #loadTables(charts: Map<string, ListedChart>, signal?: AbortSignal): Promise<void> {
    const wanted = new Set(
      (this.#draft?.tiles ?? []).flatMap((tile) =>
        chartIdOf(tile).flatMap((id) => charts.get(id)?.spec.table ?? []),
      ),
    );
    const missing = [...wanted].filter((id) => !this.tables.some((table) => table.id === id));
    const found = await Promise.all(
      missing.map((id) => getTable(id, signal).catch(() => undefined)),
    );
    this.tables = [...this.tables, ...found.filter((table) => table !== undefined)];
  }

  #change(draft: DashboardDraft, kind = ''): void {
    this.#session?.change({ draft }, kind);
  }

  #addChart(chart: ListedChart): void {
    const draft = this.#draft;
    if (!draft) return;
    const id = newId();
    const tile = { id, kind: 'chart', chart: chart.id } as const;
    this.#change(addTile(draft, tile, this.tab, sizeFor(chart.spec.type)));
    const { charts } = this.#loading.value ?? {};
    if (charts) void this.#loadTables(charts);
    this.#showTile(id);
  }

  /** After the dialog has gone, which gives the keyboard back to its button. */
  #showTile(id: string): void {
    void this.updateComplete.then(() => setTimeout(() => this.field?.focusTile?.(id), 300));
  }

  #writeText(id: string): void {
    this.textTile = id;
    this.dialog = 'text';
  }

  #keepText(text: string): void {
    const draft = this.#draft;
    if (!draft) return;
    const tile = draft.tiles.find(({ id }) => id === this.textTile);
    if (tile?.kind === 'text') return this.#change(withTiles(draft, [{ ...tile, text }]));
    const id = newId();
    this.#change(addTile(draft, { id, kind: 'text', text }, this.tab, sizeForText(text)));
    this.#showTile(id);
  }

  #doTile(id: string, deed: TileDeed): void {
    const draft = this.#draft;
    const tile = draft?.tiles.find((each) => each.id === id);
    if (!draft || !tile) return;
    if (deed === 'wire') return this.#toggleWire(draft, tile);
    if (deed !== 'edit') return this.#change(applyTileDeed(draft, tile, deed));
    if (tile.kind === 'text') return this.#writeText(id);
    router.go(chartAddress(tile.chart, this.dashboardId));
  }

  #toggleWire(draft: DashboardDraft, tile: DraftTile): void {
    const filter = draft.filters.find(({ id }) => id === this.filter);
    const { charts } = this.#loading.value ?? {};
    if (!filter || !charts || tile.kind !== 'chart') return;
    const candidates = draft.tiles
      .flatMap(chartIdOf)
      .filter((id) => charts.get(id)?.spec.table === filter.table);
    this.#change(withFilterAt(draft, toggleWire(filter, tile.chart, candidates)));
  }

  #doTab(deed: TabDeed): void {
    const draft = this.#draft;
    if (!draft) return;
    if (deed.name === 'show') {
      this.tab = deed.id;
      return;
    }
    const next = applyTabDeed(draft, deed);
    this.#change(next);
    if (deed.name === 'add') this.tab = next.tabs.at(-1)?.id ?? '';
  }

  #doBar(deed: BarDeed): void {
    switch (deed) {
      case 'theme':
        this.theming = !this.theming;
        return;
      case 'versions':
        this.dialog = deed;
        return;
      case 'discard':
      case 'delete':
        this.asking = deed;
        return;
      case 'duplicate':
        void this.#duplicate();
        return;
      case 'export':
        void this.#export();
        return;
      case 'publish':
        void this.#publish();
        return;
    }
  }

  async #duplicate(): Promise<void> {
    await this.#session?.flush();
    const copy = await this.#doing.run(() => duplicateDashboard(this.dashboardId));
    if (copy) router.go(editAddress(copy.id));
  }

  async #export(): Promise<void> {
    await this.#session?.flush();
    const file = await this.#doing.run(() => exportDashboard(this.dashboardId));
    if (file) saveFile(file, `${this.#session?.edited.name || 'dashboard'}.json`);
  }

  /** Of two editors: theirs stays, and mine goes on as a dashboard of its own. */
  async #keepBoth(session: EditorSession): Promise<void> {
    const { name, description, draft } = session.edited;
    const copy = await this.#doing.run(async () => {
      const made = await createDashboard(`${name} (mine)`, description);
      const own = new EditorSession(made);
      own.change({ draft });
      await own.flush();
      return made;
    });
    if (!copy) return;
    session.takeTheirs();
    router.go(editAddress(copy.id));
  }

  #adopt(stored: StoredDashboard): void {
    this.dialog = undefined;
    this.#session?.adopt(stored);
  }

  async #publish(): Promise<void> {
    await this.#session?.flush();
    router.go(`/dashboards/${encodeURIComponent(this.dashboardId)}/publish`);
  }

  #closeDialog(name: 'chart' | 'text' | 'versions'): void {
    if (this.dialog === name) this.dialog = undefined;
  }

  #pressed(event: KeyboardEvent): void {
    const key = event.key.toLowerCase();
    if (!(event.ctrlKey || event.metaKey) || event.altKey || (key !== 'z' && key !== 'y')) return;
    // In a field the keys take back what was typed there.
    const typing = event
      .composedPath()
      .some((node) => node instanceof HTMLElement && /^(input|textarea)$/i.test(node.localName));
    if (typing || this.dialog) return;
    event.preventDefault();
    if (key === 'y' || event.shiftKey) this.#session?.redo();
    else this.#session?.undo();
  }

  /** What waits is saved first; only where that fails is there something to ask. */
  #mayLeave(leave: () => void): boolean {
    const session = this.#session;
    if (!session?.unsaved) return true;
    this.#leave = leave;
    void session.flush().then(() => {
      if (session.unsaved) this.asking = 'leave';
      else leave();
    });
    return false;
  }

  #leaveFreely(): void {
    router.guardLeaving(undefined);
    this.#leave();
  }

  #goFreely(address: string): void {
    router.guardLeaving(undefined);
    router.go(address);
  }
}

function chartIdOf(tile: DraftTile): string[] {
  return tile.kind === 'chart' ? [tile.chart] : [];
}

/** A server that knows no theme of the organization has none. */
function noTheme(error: unknown): ThemeTokens {
  if (error instanceof AracariError && error.status === 404) return {};
  throw error;
}

function chartAddress(chart: string, dashboard: string): string {
  return `/charts/${encodeURIComponent(chart)}?dashboard=${encodeURIComponent(dashboard)}`;
}

function editAddress(id: string): string {
  return `/dashboards/${encodeURIComponent(id)}/edit`;
}

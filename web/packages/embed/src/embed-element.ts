import type {
  AracariError,
  ChartResult,
  Credential,
  Filters,
  Selection,
  Source,
  ThemeTokens,
} from '@aracari/api';
import { applyTokens, type Language, languageOf, loadWords, type Theme } from '@aracari/charts';
import { LitElement, type PropertyValues } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import type { AracariDashboardTile } from './aracari-dashboard-tile.js';
import { DashboardLoader, type EmbedRequest } from './dashboard-loader.js';
import type { ErrorDetail, FilterChangeDetail, ReadyDetail } from './embed-events.js';
import { type AuthTokenProvider, type TokenSource, tokenSourceOf } from './token-source.js';
import { VerifyClock } from './verify-clock.js';

/** The server that this script came from. */
const scriptOrigin = new URL(import.meta.url).origin;
const darkScheme = matchMedia('(prefers-color-scheme: dark)');

/**
 * What `<aracari-dashboard>` and `<aracari-chart>` share: who asks, in which language and look, loading what is in sight,
 * and asking regularly whether the viewer may still see it.
 */
export abstract class EmbedElement extends LitElement {
  /** The embed token. Sent in a header only, never in an address. */
  @property({ attribute: 'auth-token' }) authToken = '';
  /**
   * Fetches an embed token from the host's backend, in place of `authToken`. All elements with the same function share
   * one call, which comes before the token ends; filters, tab and scroll stay.
   */
  @property({ attribute: false }) authTokenProvider: AuthTokenProvider | undefined;
  /** Where the server is; without it, where this script came from. */
  @property({ attribute: 'server-url' }) serverUrl = '';
  @property({ attribute: 'data-theme' }) theme: Theme | 'auto' = 'light';
  /** What this element changes of the theme that the server gives. */
  @property({ attribute: false, hasChanged: differs }) themeTokens: ThemeTokens = {};
  /** Language of words, numbers and dates (BCP 47); the browser's own when empty. */
  @property() locale = '';
  /** IANA name, for times and what "today" is; UTC when empty. */
  @property({ attribute: 'time-zone' }) timeZone = '';
  /** How often to ask whether the token still holds; at least 5. */
  @property({ attribute: 'refresh-seconds', type: Number }) refreshSeconds = 30;
  /** Loads what is out of sight as well. */
  @property({ type: Boolean }) eager = false;
  /** Values to keep, by filter id. */
  @property({ attribute: false, hasChanged: differs }) filters: Filters = {};
  /** Use the signed-in person's cookie instead of a token: for Aracari's own pages. */
  @property({ attribute: false }) useSession = false;
  /** The origin of the page that frames this one: for Aracari's own frame page. */
  @property({ attribute: false }) framedBy = '';

  @state() protected language: Language = languageOf();
  @state() protected selections: Selection[] = [];
  @state() private prefersDark = darkScheme.matches;

  @query('.aracari-theme') private root!: HTMLElement;

  protected readonly loader = new DashboardLoader({
    changed: () => this.requestUpdate(),
    failed: (error) => this.#tellError(error),
    tileFailed: (result) => this.#tellTileError(result),
    arrived: (startedAt) => void this.#tellReady(startedAt),
    renews: (error) => this.#renews(error),
    widths: () => this.#widths(),
  });

  readonly #clock = new VerifyClock(() => this.#verify());
  #tokens: TokenSource | undefined;
  /** Nothing is asked before the element itself comes into sight. */
  #seen = false;
  readonly #arrival = new IntersectionObserver((entries) => this.#arrive(entries), {
    rootMargin: '100%',
  });
  readonly #sight = new IntersectionObserver((entries) => this.#look(entries), {
    rootMargin: '100%',
  });
  readonly #tokenListener = {
    tokenChanged: () => this.#takeToken(),
    tokenFailed: () => this.#tellTokenFailure(),
  };

  /** What to show, once the host has said it. */
  protected abstract source(): Source | undefined;

  /** Sets the value of each filter; those that are left out keep everything. */
  setFilters(filters: Filters): void {
    this.changeFilters({ ...filters });
  }

  getFilters(): Filters {
    return structuredClone(this.filters);
  }

  /** Loads the results anew. Resolves when they are asked for. */
  async refresh(): Promise<void> {
    await this.updateComplete;
    this.reload();
  }

  /** Opens the browser's print dialog, when all charts are there. */
  async print(): Promise<void> {
    await this.loader.loadRest();
    await this.drawn();
    window.print();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    darkScheme.addEventListener('change', this.#onScheme);
    addEventListener('beforeprint', this.#onPrint);
    this.#clock.start();
    this.#tokens?.add(this.#tokenListener);
    this.#arrival.observe(this);
    if (this.hasUpdated) this.load();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    darkScheme.removeEventListener('change', this.#onScheme);
    removeEventListener('beforeprint', this.#onPrint);
    this.#clock.stop();
    this.#tokens?.remove(this.#tokenListener);
    this.#arrival.disconnect();
    this.#sight.disconnect();
    this.loader.stop();
  }

  protected override willUpdate(changed: PropertyValues): void {
    this.#clock.seconds = this.refreshSeconds;
    this.#clock.expiresAt = this.#tokens ? null : (this.loader.dashboard?.expiresAt ?? null);
    if (!this.hasUpdated || changed.has('locale') || changed.has('timeZone')) this.#speak();
    if (changed.has('authTokenProvider')) this.#followProvider();
    if (!this.isConnected) return;
    const identity = ['authToken', 'authTokenProvider', 'serverUrl', 'useSession', 'framedBy'];
    if (identity.some((name) => changed.has(name)) || this.isOther(changed)) this.load();
    else if (!this.hasUpdated) return;
    else if (changed.has('filters') || changed.has('timeZone')) this.reload();
    else if (changed.has('eager') && this.eager) this.#loadAll();
  }

  /** Whether something else is to be shown than before. */
  protected abstract isOther(changed: PropertyValues): boolean;

  protected override updated(_changed: PropertyValues): void {
    const { dashboard } = this.loader;
    if (this.root)
      applyTokens(this.root, { ...dashboard?.theme, ...this.themeTokens }, this.shownTheme());
    for (const tile of this.tiles()) this.#sight.observe(tile);
    if (dashboard)
      this.#tokens?.learn(this.#tokens.token, dashboard.expiresAt, dashboard.serverTime);
  }

  protected tiles(): AracariDashboardTile[] {
    return [...this.renderRoot.querySelectorAll('aracari-dashboard-tile')];
  }

  protected async drawn(): Promise<void> {
    await this.updateComplete;
    await Promise.all(this.tiles().map((tile) => tile.drawn()));
  }

  protected load(): void {
    const request = this.request();
    if (request && (this.#seen || this.eager)) void this.loader.load(request);
    else if (!request && !this.#tokens) this.loader.clear();
  }

  /** Loads results anew. `untouched` is a chart that the change does not touch. */
  protected readonly reload = (untouched?: string): void => {
    const request = this.request();
    if (request && (this.#seen || this.eager)) void this.loader.loadData(request, untouched);
  };

  /** Undefined while the host has not said yet what to show and to whom. */
  protected request(): EmbedRequest | undefined {
    const source = this.source();
    const token = this.#tokens ? this.#tokens.token : this.authToken;
    const credential: Credential = this.useSession
      ? { kind: 'session' }
      : { kind: 'token', token, framedBy: this.framedBy };
    if (!source || (credential.kind === 'token' && !credential.token)) return undefined;
    const server = this.serverUrl || (this.useSession ? location.origin : scriptOrigin);
    const { filters, selections, timeZone, eager } = this;
    return {
      connection: { serverUrl: server.replace(/\/+$/, ''), credential },
      ...{ source, filters, selections, eager },
      ...(timeZone ? { timeZone: this.language.timeZone } : {}),
    };
  }

  protected shownTheme(): Theme {
    if (this.theme === 'auto') return this.prefersDark ? 'dark' : 'light';
    return this.theme === 'dark' ? 'dark' : 'light';
  }

  protected changeFilters(filters: Filters): void {
    if (!differs(filters, this.filters)) return;
    this.filters = filters;
    this.tell<FilterChangeDetail>('aracari-filter-change', { filters: this.getFilters() });
  }

  protected tell<Detail>(name: string, detail: Detail): void {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }

  #loadAll(): void {
    if (this.loader.dashboard) void this.loader.loadRest();
    else this.load();
  }

  #speak(): void {
    this.language = languageOf(this.locale, this.timeZone);
    void loadWords(this.locale).then((changes) => {
      if (changes) this.language = languageOf(this.locale, this.timeZone);
    });
  }

  #followProvider(): void {
    this.#tokens?.remove(this.#tokenListener);
    this.#tokens = this.authTokenProvider && tokenSourceOf(this.authTokenProvider);
    if (this.isConnected) this.#tokens?.add(this.#tokenListener);
  }

  /** The first token loads; a later one only takes the place of the one before. */
  #takeToken(): void {
    if (this.loader.dashboard && !this.loader.silentSince) void this.#verify();
    else this.load();
  }

  /** An ended token is no refusal while the host can give another one. */
  #renews(error: AracariError): boolean {
    if (!this.#tokens || error.status !== 401) return false;
    this.#tokens.renew(this.#tokens.token);
    return error.code === 'token_expired';
  }

  async #verify(): Promise<void> {
    const request = this.request();
    if (!request || !(this.#seen || this.eager)) return;
    const { error } = this.loader;
    if (!error) await this.loader.verify(request);
    else if (!error.refused && error.status !== 404) await this.loader.load(request);
  }

  #arrive(entries: readonly IntersectionObserverEntry[]): void {
    if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
    this.#arrival.disconnect();
    if (this.#seen) return;
    this.#seen = true;
    if (!this.eager) this.load();
  }

  #look(entries: readonly IntersectionObserverEntry[]): void {
    for (const { target, isIntersecting } of entries) {
      const { chart } = (target as AracariDashboardTile).tile;
      if (chart) this.loader.setInSight(chart.id, isIntersecting);
    }
  }

  #widths(): Record<string, number> {
    const sized = this.tiles().flatMap((tile) =>
      tile.tile.chart ? [[tile.tile.chart.id, tile.clientWidth]] : [],
    );
    return Object.fromEntries(sized) as Record<string, number>;
  }

  readonly #onScheme = (): void => {
    this.prefersDark = darkScheme.matches;
  };

  readonly #onPrint = (): void => {
    void this.loader.loadRest();
  };

  async #tellReady(startedAt: number): Promise<void> {
    await this.drawn();
    if (this.loader.busy || this.loader.error || !this.isConnected) return;
    this.#clock.schedule();
    const milliseconds = Math.round(performance.now() - startedAt);
    this.tell<ReadyDetail>('aracari-ready', { milliseconds });
  }

  #tellTileError(result: ChartResult): void {
    if ('error' in result) this.#tellError(result.error, result.chart);
  }

  #tellTokenFailure(): void {
    const { failed, failedDetail } = this.language.texts;
    const error = { code: 'token_provider_failed', title: failed, detail: failedDetail };
    this.#tellError(error);
  }

  #tellError({ code, title, detail }: ErrorDetail, chart?: string): void {
    const where = chart === undefined ? {} : { chart };
    this.tell<ErrorDetail>('aracari-error', { code, title, detail, ...where });
  }
}

/** Hosts tend to make a new object of equal content with each of their own renders. */
export function differs(value: unknown, before: unknown): boolean {
  return JSON.stringify(value) !== JSON.stringify(before);
}

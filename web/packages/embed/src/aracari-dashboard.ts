import type { ChartResult, Credential, Filters, Tile } from '@aracari/api';
import { defineElement, type Theme, themeStyles } from '@aracari/charts';
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import './aracari-dashboard-tile.js';
import type { ChartNote } from './aracari-dashboard-tile.js';
import { failureStyles, renderFailure } from './dashboard-failure.js';
import { headerStyles, renderHeader } from './dashboard-header.js';
import { DashboardLoader, type DashboardRequest } from './dashboard-loader.js';
import { dashboardStyles } from './dashboard-styles.js';
import { VerifyClock } from './verify-clock.js';

/** How long it took from the first request to the last drawn tile. */
export interface ReadyDetail {
  milliseconds: number;
}

/** `chart` is the chart that failed, absent when it is the whole dashboard. */
export interface ErrorDetail {
  code: string;
  title: string;
  detail: string;
  chart?: string;
}

/** The server that this script came from. */
const scriptOrigin = new URL(import.meta.url).origin;
const darkScheme = matchMedia('(prefers-color-scheme: dark)');

/**
 * A dashboard as the holder of an embed token may see it. Waits, showing its shape, until it has a dashboard and a
 * token. A new token replaces the drawing when its own data is there. Asks regularly whether the token still holds, and
 * takes the drawing away when it does not.
 *
 * @fires aracari-ready - all tiles are drawn; `ReadyDetail`
 * @fires aracari-error - the dashboard or one chart cannot be shown; `ErrorDetail`
 * @slot actions - the host's own controls, at the end of the header
 * @csspart base - the whole
 * @csspart header - title and marks
 * @csspart title - the dashboard's name
 * @csspart chip - one locked attribute
 * @csspart sandbox - the sandbox mark
 * @csspart notice - the line that says that the server does not answer
 * @csspart error - the whole dashboard's error
 * @csspart tile - the card of a chart
 * @csspart tile-title - the name of a chart
 * @csspart tile-noted - the card of a chart that has a note
 * @csspart tile-note - the note at a chart
 * @cssprop [--aracari-accent] - first series, focus rings
 * @cssprop [--aracari-font] - font family of everything
 * @cssprop [--aracari-radius=12px] - corners of cards
 * @cssprop [--aracari-gap=16px] - space between cards
 * @cssprop [--aracari-padding] - space around the dashboard; 20px, less on a phone
 * @cssprop [--aracari-background] - behind the cards
 * @cssprop [--aracari-surface] - the cards
 * @cssprop [--aracari-text] - text
 * @cssprop [--aracari-text-muted] - labels, axes
 * @cssprop [--aracari-border] - lines around cards
 */
export class AracariDashboard extends LitElement {
  @property({ attribute: 'dashboard-id' }) dashboardId = '';
  /** The embed token. Sent in a header only, never in an address. */
  @property({ attribute: 'auth-token' }) authToken = '';
  /** Where the server is; without it, where this script came from. */
  @property({ attribute: 'server-url' }) serverUrl = '';
  @property({ attribute: 'data-theme' }) theme: Theme | 'auto' = 'light';
  /** How often to ask whether the token still holds; at least 5. */
  @property({ attribute: 'refresh-seconds', type: Number }) refreshSeconds = 30;
  /** Values to keep, by filter id. */
  @property({ attribute: false, hasChanged: differs }) filters: Filters = {};
  /** What to say at charts, by chart id: the chart gets a frame, and the words stand beside its name. */
  @property({ attribute: false }) notes: Record<string, ChartNote> = {};
  /** Use the signed-in person's cookie instead of a token: for Aracari's own pages. */
  @property({ attribute: false }) useSession = false;
  /** The origin of the page that frames this one: for Aracari's own frame page. */
  @property({ attribute: false }) framedBy = '';

  @state() private prefersDark = darkScheme.matches;

  readonly #loader = new DashboardLoader({
    changed: () => this.requestUpdate(),
    failed: (error) => this.#tellError(error),
    tileFailed: (result) => this.#tellTileError(result),
    arrived: (startedAt) => void this.#tellReady(startedAt),
  });
  readonly #clock = new VerifyClock(() => this.#verify());

  override connectedCallback(): void {
    super.connectedCallback();
    darkScheme.addEventListener('change', this.#onScheme);
    this.#clock.start();
    if (this.hasUpdated) this.#load();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    darkScheme.removeEventListener('change', this.#onScheme);
    this.#clock.stop();
    this.#loader.stop();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    this.#clock.seconds = this.refreshSeconds;
    this.#clock.expiresAt = this.#loader.dashboard?.expiresAt ?? null;
    if (!this.isConnected) return;
    const identity = ['dashboardId', 'authToken', 'serverUrl', 'useSession', 'framedBy'] as const;
    if (identity.some((name) => changed.has(name))) this.#load();
    else if (changed.has('filters') && this.hasUpdated) this.#loadData();
  }

  protected override render(): TemplateResult {
    const { dashboard, error, busy } = this.#loader;
    const theme = this.#shownTheme();
    return html`
      <div
        class="aracari-theme root ${theme}"
        part="base"
        role="region"
        aria-label=${dashboard?.name ?? 'Dashboard'}
        aria-busy=${busy}
      >
        ${error ? renderFailure(error, () => this.#load()) : this.#renderContent(theme)}
      </div>
    `;
  }

  #renderContent(theme: Theme): TemplateResult {
    const { dashboard, silentSince } = this.#loader;
    if (!dashboard) return renderWaiting();
    const tiles = [...dashboard.tiles].sort(inReadingOrder);
    return html`
      ${renderHeader(dashboard)} ${silentSince ? renderSilence(silentSince) : nothing}
      <div class="grid">
        ${repeat(
          tiles,
          (tile) => tile.chart.id,
          (tile) => this.#renderTile(tile, theme),
        )}
      </div>
      ${tiles.length === 0 ? html`<p class="empty">This dashboard has no charts yet</p>` : nothing}
    `;
  }

  #renderTile(tile: Tile, theme: Theme): TemplateResult {
    return html`
      <aracari-dashboard-tile
        class=${tile.chart.type}
        exportparts="tile, tile-title, tile-noted, tile-note"
        .tile=${tile}
        .result=${this.#loader.result(tile.chart.id)}
        .stale=${this.#loader.isStale(tile.chart.id)}
        .note=${this.notes[tile.chart.id]}
        .theme=${theme}
        .retry=${this.#loadData}
      ></aracari-dashboard-tile>
    `;
  }

  #load(): void {
    const request = this.#request();
    if (request) void this.#loader.load(request);
    else this.#loader.clear();
  }

  readonly #loadData = (): void => {
    const request = this.#request();
    if (request) void this.#loader.loadData(request);
  };

  async #verify(): Promise<void> {
    const request = this.#request();
    if (!request) return;
    const { error } = this.#loader;
    if (!error) await this.#loader.verify(request);
    else if (!error.refused && error.status !== 404) await this.#loader.load(request);
  }

  /** Undefined while the host has not said yet what to show and to whom. */
  #request(): DashboardRequest | undefined {
    const credential: Credential = this.useSession
      ? { kind: 'session' }
      : { kind: 'token', token: this.authToken, framedBy: this.framedBy };
    if (!this.dashboardId || (credential.kind === 'token' && !credential.token)) return undefined;
    const serverUrl = (
      this.serverUrl || (this.useSession ? location.origin : scriptOrigin)
    ).replace(/\/+$/, '');
    return {
      connection: { serverUrl, credential },
      dashboardId: this.dashboardId,
      filters: this.filters,
    };
  }

  #shownTheme(): Theme {
    if (this.theme === 'auto') return this.prefersDark ? 'dark' : 'light';
    return this.theme === 'dark' ? 'dark' : 'light';
  }

  readonly #onScheme = (): void => {
    this.prefersDark = darkScheme.matches;
  };

  async #tellReady(startedAt: number): Promise<void> {
    await this.updateComplete;
    const tiles = [...this.renderRoot.querySelectorAll('aracari-dashboard-tile')];
    await Promise.all(tiles.map((tile) => tile.drawn()));
    if (this.#loader.busy || this.#loader.error || !this.isConnected) return;
    this.#clock.schedule();
    this.#tell<ReadyDetail>('aracari-ready', {
      milliseconds: Math.round(performance.now() - startedAt),
    });
  }

  #tellTileError(result: ChartResult): void {
    if ('error' in result) this.#tellError(result.error, result.chart);
  }

  #tellError({ code, title, detail }: ErrorDetail, chart?: string): void {
    this.#tell<ErrorDetail>('aracari-error', {
      code,
      title,
      detail,
      ...(chart === undefined ? {} : { chart }),
    });
  }

  #tell<Detail>(name: string, detail: Detail): void {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }

  static override readonly styles = [themeStyles, dashboardStyles, headerStyles, failureStyles];
}

/** Hosts tend to make a new object of equal content with each of their own renders. */
function differs(value: unknown, before: unknown): boolean {
  return JSON.stringify(value) !== JSON.stringify(before);
}

function inReadingOrder({ layout: a }: Tile, { layout: b }: Tile): number {
  return a.y - b.y || a.x - b.x;
}

function renderWaiting(): TemplateResult {
  return html`<div class="waiting" aria-hidden="true"><i></i><i></i><i></i><i></i><i></i></div>`;
}

function renderSilence(since: Date): TemplateResult {
  const time = new Intl.DateTimeFormat(undefined, { timeStyle: 'short' }).format(since);
  const text = `The server has not answered since ${time}. What you see may be out of date.`;
  return html`<p class="notice" part="notice" role="status">${text}</p>`;
}

defineElement('aracari-dashboard', AracariDashboard);

declare global {
  interface HTMLElementTagNameMap {
    'aracari-dashboard': AracariDashboard;
  }
  interface HTMLElementEventMap {
    'aracari-ready': CustomEvent<ReadyDetail>;
    'aracari-error': CustomEvent<ErrorDetail>;
  }
}

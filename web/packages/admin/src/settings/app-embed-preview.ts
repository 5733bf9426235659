import type { DashboardSummary } from '@aracari/api';
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { appearance } from '../appearance.js';
import { baseStyles } from '../base-styles.js';
import { loadEmbedElement } from '../embed-element.js';
import { Following } from '../following.js';
import './app-token-countdown.js';

/**
 * Dialog in which the real embed draws a dashboard with a token: the same script, the same requests and the same rows
 * as in the customer's product.
 * @fires app-chosen - Another dashboard was chosen; detail is its id.
 * @fires app-closed - The dialog has closed.
 */
@customElement('app-embed-preview')
export class AppEmbedPreview extends LitElement {
  @property({ type: Boolean }) open = false;
  @property({ attribute: false }) token = '';
  @property({ attribute: false }) distinctId = '';
  @property({ attribute: false }) endsAt = 0;
  @property({ attribute: false }) dashboards: DashboardSummary[] = [];
  @property({ attribute: false }) dashboardId = '';
  @state() private script: 'none' | 'loading' | 'loaded' | 'failed' = 'none';

  constructor() {
    super();
    new Following(this, appearance);
  }

  static override styles = [
    baseStyles,
    css`
      wa-dialog {
        --width: min(76rem, 96vw);
      }
      wa-dialog::part(body) {
        background: var(--app-page);
        padding-block-start: 1rem;
      }
      wa-dialog::part(header) {
        padding-block-end: 0.75rem;
        border-block-end: 1px solid var(--wa-color-surface-border);
      }
      .bar {
        display: flex;
        flex-wrap: wrap;
        justify-content: space-between;
        align-items: end;
        gap: 0.5rem 1.5rem;
        margin-block-end: 1rem;
      }
      wa-select {
        min-width: min(100%, 18rem);
      }
      aracari-dashboard {
        display: block;
        min-height: 60vh;
      }
      @media (max-width: 760px) {
        wa-dialog {
          --width: 100vw;
          --spacing: 1rem;
        }
        wa-dialog::part(dialog) {
          max-width: 100vw;
          max-height: 100dvh;
          height: 100dvh;
          border-radius: 0;
        }
        wa-select {
          flex: 1 1 100%;
        }
      }
    `,
  ];

  override willUpdate(): void {
    if (this.open && (this.script === 'none' || this.script === 'failed')) void this.#loadScript();
  }

  override render() {
    return html`<wa-dialog
      label="Preview as ${this.distinctId}"
      ?open=${this.open}
      @wa-after-hide=${this.#closed}
    >
      ${this.open ? this.#renderContent() : nothing}
    </wa-dialog>`;
  }

  #renderContent(): TemplateResult {
    return html`<div class="bar">
        <wa-select
          label="Preview dashboard"
          size="s"
          .value=${this.dashboardId}
          @change=${this.#choose}
        >
          ${this.dashboards.map(({ id, name }) => html`<wa-option value=${id}>${name}</wa-option>`)}
        </wa-select>
        <app-token-countdown .endsAt=${this.endsAt}></app-token-countdown>
      </div>
      ${this.#renderEmbed()}`;
  }

  #renderEmbed(): TemplateResult {
    if (this.script === 'failed') {
      return html`<p role="alert">
        The embed script did not load. Close this preview and open it again to retry.
      </p>`;
    }
    if (this.script !== 'loaded')
      return html`<p class="waiting"><wa-spinner></wa-spinner> Loading…</p>`;
    return html`<aracari-dashboard
      dashboard-id=${this.dashboardId}
      auth-token=${this.token}
      server-url=${location.origin}
      data-theme=${appearance.scheme}
    ></aracari-dashboard>`;
  }

  async #loadScript(): Promise<void> {
    this.script = 'loading';
    try {
      await loadEmbedElement();
      this.script = 'loaded';
    } catch {
      this.script = 'failed';
    }
  }

  #choose(event: Event): void {
    const { value } = event.target as HTMLInputElement;
    this.dispatchEvent(new CustomEvent<string>('app-chosen', { detail: value }));
  }

  #closed(event: Event): void {
    if (event.target !== event.currentTarget) return;
    this.open = false;
    this.dispatchEvent(new Event('app-closed'));
  }
}

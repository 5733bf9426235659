import type { DashboardSummary } from '@aracari/api';
import { css, html, LitElement } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { baseStyles, formStyles } from '../base-styles.js';
import { carryToken } from '../carried-token.js';
import { decodeToken, type DecodedToken } from '../jwt.js';
import '../parts/app-copy.js';
import '../parts/app-environment.js';
import './app-embed-preview.js';
import './app-token-claims.js';
import './app-token-countdown.js';
import type { Generated } from './app-token-form.js';
import './app-token-snippets.js';

/** A generated token: to copy, to read, to paste into code, and to see at work. */
@customElement('app-token-result')
export class AppTokenResult extends LitElement {
  @property({ attribute: false }) generated!: Generated;
  @property({ attribute: false }) dashboards: DashboardSummary[] = [];
  @state() private dashboardId = '';
  @state() private previewing = false;
  #decoded: DecodedToken = { kind: 'unreadable' };
  #endsAt = 0;

  static override styles = [
    baseStyles,
    formStyles,
    css`
      .result {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 1.25rem;
      }
      .line {
        display: flex;
        flex-wrap: wrap;
        justify-content: space-between;
        align-items: center;
        gap: 0.5rem 0.75rem;
      }
      .state {
        display: flex;
        align-items: center;
        gap: 0.6rem;
      }
      .token {
        max-height: 9.5rem;
        white-space: pre-wrap;
        overflow-wrap: anywhere;
      }
      .choice {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto;
        gap: 0.75rem;
        align-items: end;
      }
      @media (max-width: 480px) {
        .choice {
          grid-template-columns: minmax(0, 1fr);
        }
      }
      .raw pre + pre {
        margin-block-start: 0.75rem;
      }
      wa-details::part(header),
      wa-details::part(content) {
        padding-inline: 0;
      }
      h3 {
        margin-block-end: 0.4rem;
      }
    `,
  ];

  override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (!changed.has('generated')) return;
    const { token, expiresAt } = this.generated;
    carryToken(token);
    this.#decoded = decodeToken(token);
    this.#endsAt = endOnThisClock(this.#decoded, expiresAt);
    if (!this.#offered.some(({ id }) => id === this.dashboardId))
      this.dashboardId = this.#offered[0]?.id ?? '';
  }

  override render() {
    const { token, environment, request } = this.generated;
    return html`<div class="result">
        <div role="status" class="hidden-text">Token generated</div>
        <div>
          <div class="line">
            <span class="state">
              <h3>Token</h3>
              <app-environment environment=${environment}></app-environment>
              <app-token-countdown .endsAt=${this.#endsAt}></app-token-countdown>
            </span>
            <app-copy .value=${token}></app-copy>
          </div>
          <pre class="token" tabindex="0" aria-label="Generated token">${token}</pre>
        </div>
        ${this.#renderChoice()}
        <div>
          <h3>Decoded claims</h3>
          ${this.#renderClaims()}
        </div>
        <app-token-snippets
          .request=${request}
          .token=${token}
          .dashboardId=${this.dashboardId}
        ></app-token-snippets>
      </div>
      <app-embed-preview
        ?open=${this.previewing}
        .token=${token}
        .distinctId=${request.user.distinctId}
        .endsAt=${this.#endsAt}
        .dashboards=${this.#offered}
        .dashboardId=${this.dashboardId}
        @app-chosen=${(event: CustomEvent<string>) => (this.dashboardId = event.detail)}
        @app-closed=${() => (this.previewing = false)}
      ></app-embed-preview>`;
  }

  #renderChoice() {
    if (this.#offered.length === 0)
      return html`<p class="quiet small">There is no dashboard to preview yet.</p>`;
    return html`<div class="choice">
      <wa-select
        label="Dashboard to embed"
        .value=${this.dashboardId}
        @change=${(event: Event) => (this.dashboardId = (event.target as HTMLInputElement).value)}
      >
        ${this.#offered.map(({ id, name }) => html`<wa-option value=${id}>${name}</wa-option>`)}
      </wa-select>
      <wa-button variant="brand" @click=${() => (this.previewing = true)}>
        <wa-icon slot="start" name="eye"></wa-icon>Open preview
      </wa-button>
      <div class="actions">
        ${(['Explain', 'Compare'] as const).map(
          (page) =>
            html`<wa-button
              size="s"
              appearance="outlined"
              href="/dashboards/${encodeURIComponent(this.dashboardId)}/${page.toLowerCase()}"
              >${page}</wa-button
            >`,
        )}
      </div>
    </div>`;
  }

  #renderClaims() {
    const decoded = this.#decoded;
    if (decoded.kind === 'encrypted') {
      return html`<p class="quiet small">
        This key makes encrypted tokens: a browser cannot read the claims. Paste the token into
        Token Introspection below to see them.
      </p>`;
    }
    if (decoded.kind === 'unreadable')
      return html`<p class="quiet small">This token has a form that is unknown here.</p>`;
    return html`<app-token-claims .claims=${decoded.claims}></app-token-claims>
      <wa-details summary="Raw JSON" appearance="plain" class="raw">
        <pre tabindex="0" aria-label="Header">${JSON.stringify(decoded.header, null, 2)}</pre>
        <pre tabindex="0" aria-label="Payload">${JSON.stringify(decoded.claims, null, 2)}</pre>
      </wa-details>`;
  }

  /** The dashboards that the token may show. */
  get #offered(): DashboardSummary[] {
    const only = this.generated.request.resources?.dashboards;
    return only ? this.dashboards.filter(({ id }) => only.includes(id)) : this.dashboards;
  }
}

/** The server's clock may differ from the browser's; the lifetime counted from now does not. */
function endOnThisClock(decoded: DecodedToken, expiresAt: string): number {
  if (decoded.kind !== 'signed') return Date.parse(expiresAt);
  return Date.now() + (decoded.claims.exp - decoded.claims.iat) * 1000;
}

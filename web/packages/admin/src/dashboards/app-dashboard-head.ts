import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { baseStyles } from '../base-styles.js';
import '../parts/app-badge.js';
import '../parts/app-trail.js';
import { sessionStore } from '../session-store.js';

const pages = [
  ['', 'View'],
  ['/edit', 'Edit'],
  ['/explain', 'Explain'],
  ['/compare', 'Compare'],
  ['/publish', 'Publish'],
] as const;

/** Where a dashboard's page lies and, for makers, the ways to test and publish it. */
@customElement('app-dashboard-head')
export class AppDashboardHead extends LitElement {
  @property({ attribute: false }) dashboardId = '';
  @property() name = '';
  /** Which of the dashboard's pages this is. */
  @property() page: '' | 'edit' | 'explain' | 'compare' | 'publish' = '';
  @property({ attribute: false }) published?: boolean | undefined;
  /** What makers have drafted is not what viewers see. */
  @property({ type: Boolean }) drafted = false;

  static override styles = [
    baseStyles,
    css`
      .head {
        display: flex;
        flex-wrap: wrap;
        justify-content: space-between;
        align-items: center;
        gap: 0.5rem 1.5rem;
        margin-block-end: 1rem;
      }
      .place {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0.35rem 0.75rem;
      }
      .pages {
        display: flex;
        flex-wrap: wrap;
        gap: 0.25rem;
      }
      .pages a {
        padding: 0.3rem 0.65rem;
        border-radius: var(--wa-border-radius-m);
        color: var(--wa-color-text-quiet);
        font-size: var(--wa-font-size-s);
        font-weight: 500;
        text-decoration: none;
      }
      .pages a:hover {
        background: var(--wa-color-neutral-fill-quiet);
        color: var(--wa-color-text-normal);
      }
      .pages [aria-current] {
        background: var(--wa-color-brand-fill-quiet);
        color: var(--wa-color-brand-on-normal);
      }
    `,
  ];

  override render() {
    return html`<div class="head">
      <div class="place">
        <app-trail .above=${[['/dashboards', 'Dashboards']]} current=${this.name}></app-trail>
        ${this.published === false ? html`<app-badge variant="warning">Not published</app-badge>` : nothing}
        ${this.published && this.drafted ? html`<app-badge variant="brand">Draft not published</app-badge>` : nothing}
      </div>
      ${sessionStore.mayManage ? this.#renderPages() : nothing}
    </div>`;
  }

  #renderPages() {
    const base = `/dashboards/${encodeURIComponent(this.dashboardId)}`;
    return html`<nav class="pages" aria-label="Dashboard">
      ${pages.map(
        ([path, text]) =>
          html`<a
            href=${base + path}
            aria-current=${path === (this.page && `/${this.page}`) ? 'page' : nothing}
            >${text}</a
          >`,
      )}
    </nav>`;
  }
}

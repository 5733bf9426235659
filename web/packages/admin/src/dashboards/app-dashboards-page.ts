import { type DashboardSummary, listDashboards, ownServer } from '@aracari/api';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { baseStyles, formStyles } from '../base-styles.js';
import { cardStyles } from '../card-styles.js';
import { Loading } from '../loading.js';
import '../parts/app-empty-state.js';
import { sessionStore } from '../session-store.js';
import './app-import-content.js';
import './app-new-dashboard.js';

/** All dashboards that the person may see, as cards. */
@customElement('app-dashboards-page')
export class AppDashboardsPage extends LitElement {
  @state() private dialog: 'new' | 'import' | undefined;
  readonly #dashboards = new Loading(this, (signal) => listDashboards(ownServer, signal));

  static override styles = [
    baseStyles,
    formStyles,
    cardStyles,
    css`
      .head {
        display: flex;
        flex-wrap: wrap;
        justify-content: space-between;
        align-items: center;
        gap: 0.75rem;
        margin-block-end: 1.5rem;
      }
      ul {
        grid-template-columns: repeat(auto-fill, minmax(min(100%, 19rem), 1fr));
      }
      a {
        grid-template-columns: auto minmax(0, 1fr) auto;
        align-items: start;
        gap: 0.9rem;
        padding: 1.125rem;
      }
      .description {
        margin-block-start: 0.15rem;
        color: var(--wa-color-text-quiet);
        font-size: var(--wa-font-size-s);
      }
      .arrow {
        align-self: center;
        color: var(--wa-color-text-quiet);
        transition: translate var(--wa-transition-normal);
      }
      a:hover .arrow {
        color: var(--wa-color-brand-on-quiet);
        translate: 3px 0;
      }
    `,
  ];

  override render() {
    return html`<div class="head">
        <h1>Dashboards</h1>
        ${sessionStore.mayManage ? this.#renderActions() : nothing}
      </div>
      ${this.#dashboards.render((list) => (list.length > 0 ? this.#renderCards(list) : this.#renderEmpty()))}
      <app-new-dashboard
        ?open=${this.dialog === 'new'}
        @app-closed=${() => (this.dialog = undefined)}
      ></app-new-dashboard>
      <app-import-content
        ?open=${this.dialog === 'import'}
        @app-done=${() => this.#dashboards.reload()}
        @app-closed=${() => (this.dialog = undefined)}
      ></app-import-content>`;
  }

  #renderActions() {
    return html`<div class="actions">
      <wa-button appearance="outlined" @click=${() => (this.dialog = 'import')}>Import</wa-button>
      <wa-button variant="brand" @click=${() => (this.dialog = 'new')}>
        <wa-icon slot="start" name="plus"></wa-icon>New dashboard
      </wa-button>
    </div>`;
  }

  #renderCards(list: DashboardSummary[]) {
    return html`<ul>
      ${list.map(
        ({ id, name, description }) =>
          html`<li>
            <a href="/dashboards/${encodeURIComponent(id)}">
              <span class="icon"><wa-icon name="dashboards"></wa-icon></span>
              <span>
                <h3>${name}</h3>
                <p class="description">${description}</p>
              </span>
              <wa-icon class="arrow" name="chevron-right"></wa-icon>
            </a>
          </li>`,
      )}
    </ul>`;
  }

  #renderEmpty() {
    if (!sessionStore.mayManage)
      return html`<app-empty-state icon="dashboards" heading="No dashboards yet">
        Dashboards appear here as soon as there is one that you may see.
      </app-empty-state>`;
    return html`<app-empty-state icon="dashboards" heading="No dashboards yet">
      Put charts and texts together, publish them, and embed them in your product.
      <wa-button slot="action" variant="brand" @click=${() => (this.dialog = 'new')}
        >Make the first dashboard</wa-button
      >
    </app-empty-state>`;
  }
}

import { type DashboardSummary, listDashboards, ownServer } from '@aracari/api';
import { css, html, LitElement } from 'lit';
import { customElement } from 'lit/decorators.js';
import { baseStyles } from '../base-styles.js';
import { cardStyles } from '../card-styles.js';
import { Loading } from '../loading.js';
import '../parts/app-empty-state.js';

/** All dashboards that the person may see, as cards. */
@customElement('app-dashboards-page')
export class AppDashboardsPage extends LitElement {
  readonly #dashboards = new Loading(this, (signal) => listDashboards(ownServer, signal));

  static override styles = [
    baseStyles,
    cardStyles,
    css`
      h1 {
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
    return html`<h1>Dashboards</h1>
      ${this.#dashboards.render((list) => (list.length > 0 ? this.#renderCards(list) : this.#renderEmpty()))}`;
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
    return html`<app-empty-state icon="dashboards" heading="No dashboards yet">
      Dashboards appear here as soon as there is one that you may see.
    </app-empty-state>`;
  }
}

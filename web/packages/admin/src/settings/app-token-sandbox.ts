import {
  type DashboardSummary,
  listDashboards,
  ownServer,
  type TokenAttribute,
} from '@aracari/api';
import { css, html, LitElement } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { baseStyles } from '../base-styles.js';
import { Loading } from '../loading.js';
import '../parts/app-empty-state.js';
import '../parts/app-panel.js';
import type { Generated } from './app-token-form.js';
import './app-token-form.js';
import './app-token-result.js';

/** Section Token Generation Sandbox: generate a token as the backend would, look into it, and see what it shows. */
@customElement('app-token-sandbox')
export class AppTokenSandbox extends LitElement {
  @property({ attribute: false }) tokenAttributes: TokenAttribute[] = [];
  @state() private generated?: Generated;
  /** Those that are published: no token shows another one. */
  readonly #dashboards = new Loading(this, async (signal) =>
    (await listDashboards(ownServer, signal)).filter(({ published }) => published),
  );

  static override styles = [
    baseStyles,
    css`
      .columns {
        display: grid;
        grid-template-columns: minmax(0, 5fr) minmax(0, 6fr);
        gap: 2rem;
        align-items: start;
      }
      @media (max-width: 1080px) {
        .columns {
          grid-template-columns: minmax(0, 1fr);
        }
      }
    `,
  ];

  override render() {
    return html`<app-panel heading="Token Generation Sandbox">
      <span slot="description">
        Generate a token exactly as your backend will, read what is in it, and see the dashboard as
        this end user sees it.
      </span>
      ${this.#dashboards.render((dashboards) => this.#renderColumns(dashboards))}
    </app-panel>`;
  }

  #renderColumns(dashboards: DashboardSummary[]) {
    return html`<div class="columns">
      <app-token-form
        .tokenAttributes=${this.tokenAttributes}
        .dashboards=${dashboards}
        @app-generated=${(event: CustomEvent<Generated>) => (this.generated = event.detail)}
      ></app-token-form>
      ${
        this.generated
          ? html`<app-token-result
              .generated=${this.generated}
              .dashboards=${dashboards}
            ></app-token-result>`
          : html`<app-empty-state icon="token" heading="Your token appears here">
              With its claims, the time it has left, code for your page and your backend, and a live
              preview.
            </app-empty-state>`
      }
    </div>`;
  }
}

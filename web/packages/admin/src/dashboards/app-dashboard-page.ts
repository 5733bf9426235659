import { AracariError, getDashboard, ownServer } from '@aracari/api';
import { html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { appearance } from '../appearance.js';
import { baseStyles } from '../base-styles.js';
import { embedStyles, loadEmbedElement } from '../embed-element.js';
import { Following } from '../following.js';
import { Loading } from '../loading.js';
import '../parts/app-copy.js';
import { sessionStore } from '../session-store.js';
import '../shell/app-not-found-page.js';
import './app-dashboard-head.js';

/** One dashboard, drawn by the same element that customers embed, here with the session of the signed-in person. */
@customElement('app-dashboard-page')
export class AppDashboardPage extends LitElement {
  @property({ attribute: false }) dashboardId = '';
  readonly #dashboard = new Loading(this, (signal) => this.#load(signal));

  constructor() {
    super();
    new Following(this, appearance);
  }

  static override styles = [baseStyles, embedStyles];

  override render() {
    if (this.#dashboard.error?.status === 404)
      return html`<app-not-found-page></app-not-found-page>`;
    return this.#dashboard.render(
      ({ id, name, published }) =>
        html`<app-dashboard-head
            .dashboardId=${id}
            name=${name}
            .published=${published}
          ></app-dashboard-head>
          <aracari-dashboard .dashboardId=${id} .useSession=${true} data-theme=${appearance.scheme}>
            ${sessionStore.mayManage ? this.#renderIdCopy(id) : nothing}
          </aracari-dashboard>`,
    );
  }

  #renderIdCopy(id: string) {
    return html`<app-copy slot="actions" title=${id} word="Copy id" .value=${id}></app-copy>`;
  }

  async #load(signal: AbortSignal) {
    const dashboard = await getDashboard(ownServer, this.dashboardId, signal);
    await loadEmbedElement().catch(() => {
      throw embedMissing;
    });
    document.title = `${dashboard.name} · Aracari`;
    return dashboard;
  }
}

const embedMissing = new AracariError(0, {
  code: 'unreachable',
  title: 'The dashboard could not be drawn',
  detail: 'The embed script of this server did not load. Check the connection and try again.',
});

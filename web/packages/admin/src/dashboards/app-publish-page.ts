import {
  type Coverage,
  type CoveredTable,
  type Dashboard,
  getCoverage,
  getDashboard,
  ownServer,
  publishDashboard,
  unpublishDashboard,
} from '@aracari/api';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { baseStyles, formStyles } from '../base-styles.js';
import { Loading } from '../loading.js';
import '../parts/app-access-mark.js';
import '../parts/app-confirm.js';
import '../parts/app-panel.js';
import '../parts/app-refusal.js';
import '../shell/app-not-found-page.js';
import { Submission } from '../submission.js';
import { tableStyles } from '../table-styles.js';
import './app-dashboard-head.js';

const seen: Record<CoveredTable['seen'], string> = {
  'all rows': 'All rows',
  'rows by rules': 'Rows by rules',
  none: 'No rows',
};

/** Whether embed tokens see a dashboard, and what its viewers can see of each table: the proof that none was forgotten. */
@customElement('app-publish-page')
export class AppPublishPage extends LitElement {
  @property({ attribute: false }) dashboardId = '';
  @state() private unpublishing = false;
  readonly #loading = new Loading(this, (signal) => this.#load(signal));
  readonly #publishing = new Submission(this);

  static override styles = [
    baseStyles,
    formStyles,
    tableStyles,
    css`
      .states {
        display: grid;
        gap: 1rem;
      }
      td small {
        display: block;
        color: var(--wa-color-danger-on-quiet);
        font-weight: 400;
      }
      td:last-child,
      th:last-child {
        text-align: start;
      }
      @media (max-width: 760px) {
        td:has(small) {
          flex-wrap: wrap;
        }
      }
    `,
  ];

  override render() {
    if (this.#loading.error?.status === 404) return html`<app-not-found-page></app-not-found-page>`;
    return this.#loading.render(({ dashboard, coverage }) => this.#renderPage(dashboard, coverage));
  }

  #renderPage({ id, name, published = false }: Dashboard, { decided, tables }: Coverage) {
    return html`<app-dashboard-head
        .dashboardId=${id}
        name=${name}
        page="publish"
        .published=${published}
      ></app-dashboard-head>
      <app-panel heading="Publish">
        <span slot="description">
          Embed tokens and explorers see a dashboard once it is published. Before, somebody must
          have decided on every table that its charts use.
        </span>
        ${this.#renderButton(published)}
        <div class="states">
          <wa-callout variant=${!decided ? 'warning' : published ? 'success' : 'neutral'} size="s">
            <wa-icon
              slot="icon"
              name=${!decided ? 'warning' : published ? 'circle-check' : 'info'}
            ></wa-icon>
            <span role="status">${stateOf(published, decided)}</span>
          </wa-callout>
          <app-refusal .refusal=${this.#publishing.refusal}></app-refusal>
          ${this.#renderTables(tables)}
        </div>
      </app-panel>
      <app-confirm
        heading="Unpublish this dashboard?"
        verb="Unpublish"
        ?open=${this.unpublishing}
        .deed=${() => unpublishDashboard(id)}
        @app-done=${() => this.#loading.reload()}
        @app-closed=${() => (this.unpublishing = false)}
      >
        <p>For embed tokens it does not exist from then on: open dashboards go dark.</p>
      </app-confirm>`;
  }

  #renderButton(published: boolean) {
    return published
      ? html`<wa-button
          slot="action"
          appearance="outlined"
          @click=${() => (this.unpublishing = true)}
          >Unpublish</wa-button
        >`
      : html`<wa-button
          slot="action"
          variant="brand"
          ?loading=${this.#publishing.busy}
          @click=${this.#publish}
          >Publish dashboard</wa-button
        >`;
  }

  #renderTables(tables: CoveredTable[]) {
    return html`<table role="table">
      <thead role="rowgroup">
        <tr role="row">
          ${['Table', 'Access', 'Viewers see', 'Rules', 'Columns'].map(
            (column) => html`<th role="columnheader" scope="col">${column}</th>`,
          )}
        </tr>
      </thead>
      <tbody role="rowgroup">
        ${tables.map((table) => this.#renderRow(table))}
      </tbody>
    </table>`;
  }

  #renderRow(table: CoveredTable) {
    const { visible, masked, hidden } = table.columns;
    return html`<tr role="row">
      <td role="cell" class="name">
        <a href="/tables/${encodeURIComponent(table.id)}/rules">${table.label}</a>
        ${table.reason ? html`<small>${table.reason}</small>` : nothing}
      </td>
      <td role="cell" data-label="Access">
        <app-access-mark access=${table.access} ?undecided=${table.undecided}></app-access-mark>
      </td>
      <td role="cell" data-label="Viewers see">${seen[table.seen] ?? table.seen}</td>
      <td role="cell" data-label="Rules">${table.rules.join(', ') || 'None'}</td>
      <td role="cell" data-label="Columns">
        ${visible} visible, ${masked} masked, ${hidden} hidden
      </td>
    </tr>`;
  }

  async #load(signal: AbortSignal) {
    const [dashboard, coverage] = await Promise.all([
      getDashboard(ownServer, this.dashboardId, signal),
      getCoverage(this.dashboardId, signal),
    ]);
    document.title = `Publish ${dashboard.name} · Aracari`;
    return { dashboard, coverage };
  }

  async #publish(): Promise<void> {
    await this.#publishing.run(() => publishDashboard(this.dashboardId));
    // Also after a refusal: it may be that a table has become undecided meanwhile.
    await this.#loading.reload();
  }
}

function stateOf(published: boolean, decided: boolean): string {
  if (published)
    return decided
      ? 'Published, and decided on every table.'
      : 'Published, but a table is undecided now. Decide on it below.';
  return decided
    ? 'Not published. Decided on every table: it can be published.'
    : 'Not published. Decide on the tables marked “Undecided” first.';
}

import {
  auditExportAddress,
  type AuditFilters,
  type AuditPage,
  listAuditEvents,
} from '@aracari/api';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { baseStyles, formStyles } from '../base-styles.js';
import { Loading } from '../loading.js';
import '../parts/app-empty-state.js';
import '../parts/app-panel.js';
import '../parts/app-refusal.js';
import { Submission } from '../submission.js';
import './app-audit-filters.js';
import './app-audit-table.js';

/** Settings → Audit: who did what, and when. */
@customElement('app-audit')
export class AppAudit extends LitElement {
  @state() private filters: AuditFilters = {};
  readonly #events = new Loading(this, (signal) =>
    listAuditEvents(this.filters, undefined, signal),
  );
  readonly #loadingMore = new Submission(this);

  static override styles = [
    baseStyles,
    formStyles,
    css`
      .more {
        display: flex;
        justify-content: center;
        margin-block-start: 1.25rem;
      }
    `,
  ];

  override render() {
    return html`<app-panel heading="Audit">
      <span slot="description">
        Who did what, and when: people, API keys, the command line and the server itself.
      </span>
      <div slot="action" class="actions">
        ${this.#renderExport('csv', 'Export CSV')} ${this.#renderExport('ndjson', 'Export NDJSON')}
      </div>
      <app-audit-filters @app-filtered=${this.#filter}></app-audit-filters>
      ${this.#events.render((page) => (page.events.length > 0 ? this.#renderPage(page) : this.#renderEmpty()))}
    </app-panel>`;
  }

  #renderExport(format: 'csv' | 'ndjson', text: string) {
    const address = auditExportAddress(format, this.filters);
    return html`<wa-button size="s" appearance="outlined" href=${address} download
      >${text}</wa-button
    >`;
  }

  #renderPage({ events, next }: AuditPage) {
    return html`<app-audit-table .events=${events}></app-audit-table>
      <app-refusal .refusal=${this.#loadingMore.refusal}></app-refusal>
      ${
        next
          ? html`<div class="more">
              <wa-button
                appearance="outlined"
                ?loading=${this.#loadingMore.busy}
                @click=${() => this.#loadMore(next)}
                >Load more</wa-button
              >
            </div>`
          : nothing
      }`;
  }

  #renderEmpty() {
    return html`<app-empty-state icon="info" heading="No events">
      Nothing that happened passes these filters.
    </app-empty-state>`;
  }

  #filter(event: CustomEvent<AuditFilters>): void {
    this.filters = event.detail;
    this.#loadingMore.clear();
    void this.#events.reload();
  }

  async #loadMore(before: string): Promise<void> {
    const { filters } = this;
    const page = await this.#loadingMore.run(() => listAuditEvents(filters, before));
    // Other filters were chosen meanwhile: these events do not belong to them.
    if (!page || filters !== this.filters || !this.#events.value) return;
    const events = [...this.#events.value.events, ...page.events];
    this.#events.value = { events, next: page.next };
    this.requestUpdate();
  }
}

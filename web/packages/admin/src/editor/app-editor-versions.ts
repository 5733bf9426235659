import { type DashboardVersion, listDashboardVersions, restoreDashboard } from '@aracari/api';
import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { baseStyles, formStyles } from '../base-styles.js';
import { Loading } from '../loading.js';
import '../parts/app-empty-state.js';
import '../parts/app-refusal.js';
import { Submission } from '../submission.js';
import { formatMoment } from '../time.js';

/**
 * What was published of a dashboard, each of which can be put back into the draft.
 * @fires app-restored - Detail is the stored dashboard.
 */
@customElement('app-editor-versions')
export class AppEditorVersions extends LitElement {
  @property({ attribute: false }) dashboardId = '';
  readonly #versions = new Loading(this, (signal) =>
    listDashboardVersions(this.dashboardId, signal),
  );
  readonly #restoring = new Submission(this);

  static override styles = [
    baseStyles,
    formStyles,
    css`
      li {
        display: flex;
        flex-wrap: wrap;
        justify-content: space-between;
        align-items: center;
        gap: 0.5rem 1rem;
        padding-block: 0.7rem;
        border-block-end: 1px solid var(--wa-color-surface-border);
      }
      li:last-child {
        border: 0;
      }
    `,
  ];

  override render() {
    return html`<app-refusal .refusal=${this.#restoring.refusal}></app-refusal>
      ${this.#versions.render((list) => (list.length > 0 ? this.#renderList(list) : renderEmpty()))}`;
  }

  #renderList(list: DashboardVersion[]) {
    return html`<ul>
      ${list.map(
        ({ version, at, actor, name }) =>
          html`<li>
            <span>
              <strong>${formatMoment(at)}</strong>
              <span class="small quiet">${name}, published by ${actor}</span>
            </span>
            <wa-button
              size="s"
              appearance="outlined"
              ?loading=${this.#restoring.busy}
              @click=${() => this.#restore(version)}
              >Put into the draft</wa-button
            >
          </li>`,
      )}
    </ul>`;
  }

  async #restore(version: number): Promise<void> {
    const restored = await this.#restoring.run(() => restoreDashboard(this.dashboardId, version));
    if (restored) this.dispatchEvent(new CustomEvent('app-restored', { detail: restored }));
  }
}

function renderEmpty() {
  return html`<app-empty-state icon="history" heading="Nothing published yet">
    Each time the dashboard is published, that state is kept here.
  </app-empty-state>`;
}

import { type ApiKey, listDashboards, ownServer } from '@aracari/api';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { baseStyles } from '../base-styles.js';
import { definitionStyles, renderItem } from '../definition-list.js';
import { Loading } from '../loading.js';
import { formatDuration } from '../time.js';
import { tokenForms } from './api-key-options.js';
import { describePermissions } from './permission-words.js';

/** What a key may do at most, in plain words. */
@customElement('app-api-key-limits')
export class AppApiKeyLimits extends LitElement {
  @property({ attribute: false }) apiKey!: ApiKey;
  readonly #dashboards = new Loading(this, (signal) => listDashboards(ownServer, signal));

  static override styles = [
    baseStyles,
    definitionStyles,
    css`
      dl {
        padding: 0.5rem 1rem;
        border-radius: var(--wa-border-radius-m);
        background: var(--app-code);
      }
    `,
  ];

  override render() {
    const { tokenForm, requestsPerMinute, limits } = this.apiKey;
    const { dashboards, charts } = limits.resources;
    const form = tokenForms[tokenForm];
    const lifetime = limits.lifetimeMaxSeconds;
    return html`<dl>
      ${renderItem('Token form', `${form.name}: ${form.explanation}`)}
      ${renderItem('Requests', `${requestsPerMinute.toLocaleString('en')} a minute`)}
      ${renderItem('Permissions', describePermissions(limits.permissions))}
      ${renderItem('Roles', limits.roles.join(', ') || 'None')}
      ${renderItem('Dashboards', dashboards ? this.#nameAll(dashboards) : 'All')}
      ${charts ? renderItem('Charts', charts.join(', ') || 'None') : nothing}
      ${renderItem('Origins', limits.origins.join(', ') || 'Every authorized origin')}
      ${renderItem('Longest lifetime', lifetime ? formatDuration(lifetime) : "The server's maximum")}
      ${renderItem('Fixed attributes', this.#renderAttributes())}
    </dl>`;
  }

  #renderAttributes(): unknown {
    const fixed = Object.entries(this.apiKey.limits.attributes);
    if (fixed.length === 0) return 'None';
    return fixed.map(
      ([name, value]) =>
        html`<div class="line">
          <span>${name}</span><span class="value">${[value].flat().join(', ')}</span>
        </div>`,
    );
  }

  /** An id stands for a dashboard that is not known here. */
  #nameAll(ids: string[]): string {
    const known = this.#dashboards.value ?? [];
    const names = ids.map((id) => known.find((dashboard) => dashboard.id === id)?.name ?? id);
    return names.join(', ') || 'None';
  }
}

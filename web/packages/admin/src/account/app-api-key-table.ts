import type { ApiKey } from '@aracari/api';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { baseStyles } from '../base-styles.js';
import '../parts/app-badge.js';
import '../parts/app-environment.js';
import { tableStyles } from '../table-styles.js';
import { formatDay, formatDistance, formatMoment } from '../time.js';

type Status = 'Active' | 'Expired' | 'Revoked';

/**
 * The organization's keys, usable ones first.
 * @fires app-revoke - The person wants to revoke a key, which is the event's detail.
 */
@customElement('app-api-key-table')
export class AppApiKeyTable extends LitElement {
  @property({ attribute: false }) apiKeys: ApiKey[] = [];

  static override styles = [
    baseStyles,
    tableStyles,
    css`
      td.key code {
        font-size: 0.75rem;
        white-space: nowrap;
      }
      .scopes {
        color: var(--wa-color-text-quiet);
        font-size: 0.75rem;
        font-weight: 400;
      }
    `,
  ];

  override render() {
    const columns = ['Name', 'Environment', 'Key', 'Created', 'Last used', 'Expires', 'Status'];
    return html`<table role="table">
      <thead role="rowgroup">
        <tr role="row">
          ${columns.map((column) => html`<th role="columnheader" scope="col">${column}</th>`)}
          <th role="columnheader" scope="col"><span class="hidden-text">Actions</span></th>
        </tr>
      </thead>
      <tbody role="rowgroup">
        ${usableFirst(this.apiKeys).map((key) => this.#renderRow(key))}
      </tbody>
    </table>`;
  }

  #renderRow(key: ApiKey) {
    const status = statusOf(key);
    return html`<tr role="row" class=${status === 'Active' ? '' : 'over'}>
      <td role="cell" class="name" data-label="Name">
        <div>
          <div>${key.name}</div>
          <div class="scopes">${key.scopes.join(' · ')}</div>
        </div>
      </td>
      <td role="cell" data-label="Environment">
        <app-environment environment=${key.environment}></app-environment>
      </td>
      <td role="cell" class="key" data-label="Key"><code>${key.prefix}…${key.lastFour}</code></td>
      <td role="cell" data-label="Created">
        ${renderTime(key.createdAt, formatDay(key.createdAt))}
      </td>
      <td role="cell" data-label="Last used">
        ${key.lastUsedAt ? renderTime(key.lastUsedAt, formatDistance(key.lastUsedAt)) : 'Never'}
      </td>
      <td role="cell" data-label="Expires">
        ${key.expiresAt ? renderTime(key.expiresAt, formatDay(key.expiresAt)) : 'Never'}
      </td>
      <td role="cell" data-label="Status">${renderStatus(status, key)}</td>
      <td role="cell" class="act">${status === 'Revoked' ? nothing : this.#renderRevoke(key)}</td>
    </tr>`;
  }

  #renderRevoke(key: ApiKey) {
    return html`<wa-button
      size="s"
      appearance="outlined"
      title="Revoke ${key.name}"
      @click=${() => this.#revoke(key)}
      >Revoke</wa-button
    >`;
  }

  #revoke(key: ApiKey): void {
    this.dispatchEvent(new CustomEvent<ApiKey>('app-revoke', { detail: key }));
  }
}

function renderTime(time: string, text: string) {
  return html`<time datetime=${time} title=${formatMoment(time)}>${text}</time>`;
}

function renderStatus(status: Status, key: ApiKey) {
  const variant = { Active: 'success', Expired: 'neutral', Revoked: 'danger' }[status];
  const title = key.revokedAt ? `Revoked ${formatDistance(key.revokedAt)}` : '';
  return html`<app-badge variant=${variant} title=${title}>${status}</app-badge>`;
}

function statusOf(key: ApiKey, now = Date.now()): Status {
  if (key.revokedAt) return 'Revoked';
  return key.expiresAt && new Date(key.expiresAt).getTime() <= now ? 'Expired' : 'Active';
}

function usableFirst(keys: ApiKey[]): ApiKey[] {
  const rank = (key: ApiKey) => (statusOf(key) === 'Active' ? 0 : 1);
  return [...keys].sort((a, b) => rank(a) - rank(b) || b.createdAt.localeCompare(a.createdAt));
}

import type { ApiKey } from '@aracari/api';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { baseStyles } from '../base-styles.js';
import '../parts/app-badge.js';
import '../parts/app-environment.js';
import { tableStyles } from '../table-styles.js';
import { formatDay, formatDistance, formatMoment } from '../time.js';
import { statusBadges } from './api-key-options.js';
import { orderApiKeys } from './api-key-order.js';
import './app-api-key-limits.js';

/**
 * The organization's keys, usable ones first, children under their parents.
 * @fires app-roll - The person wants to roll a key, which is the event's detail.
 * @fires app-revoke - The person wants to revoke a key, which is the event's detail.
 */
@customElement('app-api-key-table')
export class AppApiKeyTable extends LitElement {
  @property({ attribute: false }) apiKeys: ApiKey[] = [];
  /** Ids of the keys whose details are shown. */
  @state() private opened: readonly string[] = [];

  static override styles = [
    baseStyles,
    tableStyles,
    css`
      td.key code {
        font-size: 0.75rem;
        white-space: nowrap;
      }
      .note {
        color: var(--wa-color-text-quiet);
        font-size: 0.75rem;
        font-weight: 400;
      }
      .title {
        display: flex;
        gap: 0.25rem;
        align-items: flex-start;
      }
      .title wa-button {
        margin-inline-start: -0.5rem;
      }
      .title wa-button::part(base) {
        width: 1.75rem;
        height: 1.5rem;
        padding: 0;
      }
      .name-line {
        display: flex;
        flex-wrap: wrap;
        gap: 0.125rem 0.5rem;
        align-items: center;
      }
      td.key > div {
        display: grid;
        gap: 0.25rem;
        justify-items: start;
      }
      .child .title {
        margin-inline-start: 1.5rem;
      }
      .opened td {
        border-block-end: 0;
      }
      td.details {
        padding: 0 0 1rem;
        text-align: start;
      }
      .buttons {
        display: flex;
        gap: 0.375rem;
        justify-content: flex-end;
      }
      @media (max-width: 760px) {
        td.name:has(~ td.act) {
          padding-inline-end: 0;
        }
        td.act {
          position: static;
          padding-block-start: 0.75rem;
        }
        td.key > div {
          justify-items: end;
        }
        .buttons {
          flex: 1;
        }
        .opened {
          border-block-end: 0;
        }
        td.details::before {
          content: none;
        }
        .details app-api-key-limits {
          flex: 1;
        }
      }
    `,
  ];

  override render() {
    const columns = ['Name', 'Key', 'Created', 'Last used', 'Expires'];
    return html`<table role="table">
      <thead role="rowgroup">
        <tr role="row">
          ${columns.map((column) => html`<th role="columnheader" scope="col">${column}</th>`)}
          <th role="columnheader" scope="col"><span class="hidden-text">Actions</span></th>
        </tr>
      </thead>
      <tbody role="rowgroup">
        ${orderApiKeys(this.apiKeys).map(({ key, child }) => this.#renderKey(key, child))}
      </tbody>
    </table>`;
  }

  #renderKey(key: ApiKey, child: boolean) {
    const opened = this.opened.includes(key.id);
    const shape = `${key.status === 'active' ? '' : 'over'} ${child ? 'child' : ''} ${opened ? 'opened' : ''}`;
    return html`<tr role="row" class=${shape}>
        <td role="cell" class="name" data-label="Name">${this.#renderName(key, child, opened)}</td>
        <td role="cell" class="key" data-label="Key">
          <div>
            <app-environment environment=${key.environment}></app-environment>
            <code>${key.prefix}…${key.lastFour}</code>
          </div>
        </td>
        <td role="cell" data-label="Created">
          ${renderTime(key.createdAt, formatDay(key.createdAt))}
        </td>
        <td role="cell" data-label="Last used">
          ${key.lastUsedAt ? renderTime(key.lastUsedAt, formatDistance(key.lastUsedAt)) : 'Never'}
        </td>
        <td role="cell" data-label="Expires">
          ${key.expiresAt ? renderTime(key.expiresAt, formatExpiry(key.expiresAt)) : 'Never'}
        </td>
        <td role="cell" class="act">
          ${key.status === 'active' ? this.#renderButtons(key) : nothing}
        </td>
      </tr>
      ${opened ? renderDetails(key) : nothing}`;
  }

  #renderName(key: ApiKey, child: boolean, opened: boolean) {
    const { text, variant } = statusBadges[key.status];
    const ended = key.revokedAt ? `Revoked ${formatDistance(key.revokedAt)}` : nothing;
    const successor = this.apiKeys.find(({ id }) => id === key.rolledTo);
    return html`<div class="title">
      <wa-button size="s" appearance="plain" @click=${() => this.#toggle(key)}>
        <wa-icon
          name=${opened ? 'chevron-down' : 'chevron-right'}
          label="${opened ? 'Hide' : 'Show'} details of ${key.name}"
        ></wa-icon>
      </wa-button>
      <div>
        <div class="name-line">
          ${key.name}
          <app-badge variant=${variant} title=${ended}>${text}</app-badge>
        </div>
        <div class="note">${child ? 'Child key · ' : ''}${key.scopes.join(' · ')}</div>
        ${successor ? html`<div class="note">Replaced by …${successor.lastFour}</div>` : nothing}
      </div>
    </div>`;
  }

  #renderButtons(key: ApiKey) {
    const button = (verb: string, deed: 'app-roll' | 'app-revoke') =>
      html`<wa-button
        size="s"
        appearance="outlined"
        title="${verb} ${key.name}"
        @click=${() => this.dispatchEvent(new CustomEvent<ApiKey>(deed, { detail: key }))}
        >${verb}…</wa-button
      >`;
    return html`<div class="buttons">
      ${key.rolledTo ? nothing : button('Roll', 'app-roll')} ${button('Revoke', 'app-revoke')}
    </div>`;
  }

  #toggle({ id }: ApiKey): void {
    this.opened = this.opened.includes(id)
      ? this.opened.filter((one) => one !== id)
      : [...this.opened, id];
  }
}

function renderDetails(key: ApiKey) {
  return html`<tr role="row">
    <td role="cell" class="details" colspan="6">
      <app-api-key-limits .apiKey=${key}></app-api-key-limits>
    </td>
  </tr>`;
}

function renderTime(time: string, text: string) {
  return html`<time datetime=${time} title=${formatMoment(time)}>${text}</time>`;
}

/** Within two days the hours count. */
function formatExpiry(time: string): string {
  const left = Date.parse(time) - Date.now();
  return left > 0 && left < 2 * 86_400_000 ? formatDistance(time) : formatDay(time);
}

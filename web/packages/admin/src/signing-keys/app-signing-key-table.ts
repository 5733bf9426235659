import type { SigningKey } from '@aracari/api';
import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { baseStyles } from '../base-styles.js';
import '../parts/app-badge.js';
import { tableStyles } from '../table-styles.js';
import { formatMoment } from '../time.js';
import { statusBadges } from './status-badges.js';

/** The signing keys of one environment, newest first. */
@customElement('app-signing-key-table')
export class AppSigningKeyTable extends LitElement {
  @property({ attribute: false }) signingKeys: SigningKey[] = [];

  static override styles = [
    baseStyles,
    tableStyles,
    css`
      td.name {
        font-weight: 400;
      }
    `,
  ];

  override render() {
    const columns = ['Key id (kid)', 'Status', 'Published', 'Signs from', 'Verifies until'];
    return html`<table role="table">
      <thead role="rowgroup">
        <tr role="row">
          ${columns.map((column) => html`<th role="columnheader" scope="col">${column}</th>`)}
        </tr>
      </thead>
      <tbody role="rowgroup">
        ${this.signingKeys.map(renderRow)}
      </tbody>
    </table>`;
  }
}

function renderRow(key: SigningKey) {
  const { text, variant } = statusBadges[key.status];
  const over = key.status === 'retired' || key.status === 'revoked';
  return html`<tr role="row" class=${over ? 'over' : ''}>
    <td role="cell" class="name"><code>${key.id}</code></td>
    <td role="cell" data-label="Status"><app-badge variant=${variant}>${text}</app-badge></td>
    <td role="cell" data-label="Published">${renderTime(key.createdAt)}</td>
    <td role="cell" data-label="Signs from">${renderTime(key.activatesAt)}</td>
    <td role="cell" data-label="Verifies until">${renderEnd(key)}</td>
  </tr>`;
}

function renderEnd({ revokedAt, retiresAt }: SigningKey) {
  const end = revokedAt ?? retiresAt;
  return end ? renderTime(end) : 'Open';
}

function renderTime(time: string) {
  return html`<time datetime=${time}>${formatMoment(time)}</time>`;
}

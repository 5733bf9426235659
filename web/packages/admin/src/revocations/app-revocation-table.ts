import type { Revocation } from '@aracari/api';
import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { baseStyles } from '../base-styles.js';
import '../parts/app-environment.js';
import { tableStyles } from '../table-styles.js';
import { formatDistance, formatMoment } from '../time.js';
import { kindNames } from './revocation-words.js';

/** Revocations, in the order given. */
@customElement('app-revocation-table')
export class AppRevocationTable extends LitElement {
  @property({ attribute: false }) revocations: Revocation[] = [];

  static override styles = [
    baseStyles,
    tableStyles,
    css`
      .kind {
        color: var(--wa-color-text-quiet);
        font-size: 0.75rem;
        font-weight: 400;
      }
      td.text {
        overflow-wrap: anywhere;
      }
    `,
  ];

  override render() {
    const columns = ['What', 'Environment', 'Reason', 'By', 'Revoked', 'Until'];
    return html`<table role="table">
      <thead role="rowgroup">
        <tr role="row">
          ${columns.map((column) => html`<th role="columnheader" scope="col">${column}</th>`)}
        </tr>
      </thead>
      <tbody role="rowgroup">
        ${this.revocations.map(renderRow)}
      </tbody>
    </table>`;
  }
}

function renderRow(revocation: Revocation) {
  const { kind, subject, subjectName, environment, revokedAt, until, by, reason } = revocation;
  return html`<tr role="row">
    <td role="cell" class="name">
      <div>
        <div>${subjectName ?? subject ?? 'All tokens'}</div>
        <div class="kind">${kindNames[kind]}</div>
      </div>
    </td>
    <td role="cell" data-label="Environment">
      <app-environment environment=${environment}></app-environment>
    </td>
    <td role="cell" class="text ${reason ? '' : 'no'}" data-label="Reason">${reason ?? '–'}</td>
    <td role="cell" class="text" data-label="By">${by}</td>
    <td role="cell" data-label="Revoked">${renderTime(revokedAt)}</td>
    <td role="cell" data-label="Until">${renderTime(until)}</td>
  </tr>`;
}

function renderTime(time: string) {
  return html`<time datetime=${time} title=${formatMoment(time)}>${formatDistance(time)}</time>`;
}

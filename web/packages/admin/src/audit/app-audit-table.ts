import type { AuditEvent } from '@aracari/api';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { baseStyles } from '../base-styles.js';
import '../parts/app-environment.js';
import { tableStyles } from '../table-styles.js';
import { formatMoment } from '../time.js';
import { describeEvent, nameActor } from './audit-words.js';

/** Audit events, in the order given. */
@customElement('app-audit-table')
export class AppAuditTable extends LitElement {
  @property({ attribute: false }) events: AuditEvent[] = [];

  static override styles = [
    baseStyles,
    tableStyles,
    css`
      .note {
        color: var(--wa-color-text-quiet);
        font-size: 0.75rem;
        font-weight: 400;
      }
      td.name {
        font-weight: 500;
      }
      td.who {
        min-width: 10rem;
        overflow-wrap: anywhere;
      }
    `,
  ];

  override render() {
    const columns = ['What', 'Who', 'Environment', 'Address', 'When'];
    return html`<table role="table">
      <thead role="rowgroup">
        <tr role="row">
          ${columns.map((column) => html`<th role="columnheader" scope="col">${column}</th>`)}
        </tr>
      </thead>
      <tbody role="rowgroup">
        ${this.events.map(renderRow)}
      </tbody>
    </table>`;
  }
}

function renderRow(event: AuditEvent) {
  const { actor, environment, remoteAddress, at, detail } = event;
  return html`<tr role="row">
    <td role="cell" class="name">
      <div>
        <div>${describeEvent(event)}</div>
        ${detail ? html`<div class="note">${detail}</div>` : nothing}
      </div>
    </td>
    <td role="cell" class="who" data-label="Who">
      <div>
        <div>${nameActor(actor)}</div>
        ${actor.kind === 'api_key' ? html`<div class="note">API key</div>` : nothing}
      </div>
    </td>
    <td role="cell" class=${environment ? '' : 'no'} data-label="Environment">
      ${environment ? html`<app-environment environment=${environment}></app-environment>` : '–'}
    </td>
    <td role="cell" class="nowrap ${remoteAddress ? '' : 'no'}" data-label="Address">
      ${remoteAddress ?? '–'}
    </td>
    <td role="cell" data-label="When"><time datetime=${at}>${formatMoment(at)}</time></td>
  </tr>`;
}

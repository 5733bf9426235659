import type { TableAccess } from '@aracari/api';
import { html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import './app-badge.js';

/** What a table is to the holders of tokens, and whether somebody has still to decide that. */
@customElement('app-access-mark')
export class AppAccessMark extends LitElement {
  @property() access: TableAccess = 'hidden';
  @property({ type: Boolean }) undecided = false;

  override render() {
    return html`${marks[this.access]}
    ${this.undecided ? html`<app-badge variant="danger">Undecided</app-badge>` : nothing}`;
  }
}

const marks = {
  hidden: html`<app-badge>Hidden</app-badge>`,
  shared: html`<app-badge variant="warning">Shared</app-badge>`,
  restricted: html`<app-badge variant="brand">RLS enabled</app-badge>`,
};

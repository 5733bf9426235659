import type { Environment } from '@aracari/api';
import { html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import './app-badge.js';

/** Badge of an environment: yellow for sandbox, green for production. */
@customElement('app-environment')
export class AppEnvironment extends LitElement {
  @property() environment: Environment = 'sandbox';

  override render() {
    return this.environment === 'production'
      ? html`<app-badge variant="brand">Production</app-badge>`
      : html`<app-badge variant="warning">Sandbox</app-badge>`;
  }
}

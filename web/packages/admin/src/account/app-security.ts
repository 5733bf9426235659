import { css, html, LitElement } from 'lit';
import { customElement, query } from 'lit/decorators.js';
import { baseStyles } from '../base-styles.js';
import '../parts/app-panel.js';
import './app-change-password.js';
import type { AppSessions } from './app-sessions.js';
import './app-sessions.js';

/** Part Security of one's profile: the password, and where one is signed in. */
@customElement('app-security')
export class AppSecurity extends LitElement {
  @query('app-sessions') private sessions!: AppSessions;

  static override styles = [
    baseStyles,
    css`
      .sessions {
        margin-block-start: 1.5rem;
        padding-block-start: 1.5rem;
        border-block-start: 1px solid var(--wa-color-surface-border);
      }
      p {
        margin-block: 0.1rem 1rem;
      }
    `,
  ];

  override render() {
    return html`<app-panel heading="Security">
      <h3>Password</h3>
      <p class="quiet small">To change it ends your sessions on all other devices.</p>
      <app-change-password @app-changed=${() => this.sessions.reload()}></app-change-password>
      <div class="sessions">
        <h3>Sessions</h3>
        <p class="quiet small">Where you are signed in. Sign out what you do not know.</p>
        <app-sessions></app-sessions>
      </div>
    </app-panel>`;
  }
}

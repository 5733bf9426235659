import { css, html, LitElement } from 'lit';
import { customElement } from 'lit/decorators.js';
import { appearance, type Appearance } from '../appearance.js';
import { baseStyles } from '../base-styles.js';
import { Following } from '../following.js';
import '../parts/app-panel.js';
import { sessionStore } from '../session-store.js';
import './app-security.js';

const choices: [Appearance, string, string][] = [
  ['system', 'monitor', 'System'],
  ['light', 'sun', 'Light'],
  ['dark', 'moon', 'Dark'],
];

/** Who one is, light or dark, and one's password and sessions. */
@customElement('app-profile')
export class AppProfile extends LitElement {
  constructor() {
    super();
    new Following(this, appearance);
  }

  static override styles = [
    baseStyles,
    css`
      :host {
        display: grid;
        gap: 1.25rem;
      }
      dl {
        display: grid;
        grid-template-columns: minmax(6rem, auto) 1fr;
        gap: 0.6rem 2rem;
      }
      dt {
        color: var(--wa-color-text-quiet);
      }
      dd {
        overflow-wrap: anywhere;
      }
      .role {
        text-transform: capitalize;
      }
      wa-radio wa-icon {
        margin-inline-end: 0.5em;
      }
    `,
  ];

  override render() {
    return html`<app-panel heading="Profile">${this.#renderWho()}</app-panel>
      <app-panel heading="Appearance">
        <span slot="description">How Aracari looks in this browser.</span>
        <wa-radio-group
          label="Color scheme"
          orientation="horizontal"
          .value=${appearance.choice}
          @change=${this.#choose}
        >
          ${choices.map(
            ([value, icon, text]) =>
              html`<wa-radio appearance="button" value=${value}
                ><wa-icon name=${icon}></wa-icon>${text}</wa-radio
              >`,
          )}
        </wa-radio-group>
      </app-panel>
      <app-security></app-security>`;
  }

  #renderWho() {
    const session = sessionStore.current;
    if (session?.state !== 'signed_in') return null;
    return html`<dl>
      <dt>Email</dt>
      <dd>${session.user.email}</dd>
      <dt>Role</dt>
      <dd class="role">${session.user.role}</dd>
      <dt>Organization</dt>
      <dd>${session.organization.name}</dd>
    </dl>`;
  }

  #choose(event: Event): void {
    appearance.choose((event.target as HTMLInputElement).value as Appearance);
  }
}

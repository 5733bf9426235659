import type { Session } from '@aracari/api';
import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { baseStyles } from '../base-styles.js';
import { router } from '../router.js';
import { sessionStore } from '../session-store.js';
import { Submission } from '../submission.js';
import '../parts/app-refusal.js';

/** The initials of the person at the bottom of the menu, which open account settings and sign-out. */
@customElement('app-profile-menu')
export class AppProfileMenu extends LitElement {
  @property({ attribute: false }) session!: Extract<Session, { state: 'signed_in' }>;
  readonly #submission = new Submission(this);

  static override styles = [
    baseStyles,
    css`
      wa-button::part(base) {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr) auto;
        justify-content: start;
        gap: 0.65rem;
        height: auto;
        padding: 0.5rem 0.55rem;
        text-align: start;
      }
      .initials {
        display: grid;
        place-items: center;
        margin: 0;
        width: 2.125rem;
        height: 2.125rem;
        border-radius: 50%;
        background: var(--wa-color-brand-fill-loud);
        color: white;
        font-size: 0.75rem;
        font-weight: 600;
        letter-spacing: 0.03em;
      }
      .who {
        display: grid;
        line-height: 1.3;
      }
      .who span {
        overflow: hidden;
        text-overflow: ellipsis;
      }
      .organization {
        color: var(--wa-color-text-normal);
        font-size: var(--wa-font-size-s);
      }
      .email {
        font-size: 0.75rem;
        font-weight: 400;
      }
      wa-button {
        width: 100%;
      }
      wa-button::part(label) {
        min-width: 0;
      }
      wa-icon[slot='end'] {
        margin: 0;
      }
      wa-dropdown::part(menu) {
        min-width: 12rem;
      }
    `,
  ];

  override render() {
    const { user, organization } = this.session;
    return html`<app-refusal .refusal=${this.#submission.refusal}></app-refusal>
      <wa-dropdown placement="top-start" @wa-select=${this.#select}>
        <wa-button slot="trigger" appearance="plain">
          <span slot="start" class="initials">${user.initials}</span>
          <span class="who">
            <span class="organization">${organization.name}</span>
            <span class="email">${user.email}</span>
          </span>
          <wa-icon slot="end" name="chevrons-up-down" label="Open profile menu"></wa-icon>
        </wa-button>
        <wa-dropdown-item value="account"
          ><wa-icon slot="icon" name="account"></wa-icon>Account settings</wa-dropdown-item
        >
        <wa-dropdown-item value="documentation"
          ><wa-icon slot="icon" name="info"></wa-icon>Documentation</wa-dropdown-item
        >
        <wa-dropdown-item value="sign-out"
          ><wa-icon slot="icon" name="sign-out"></wa-icon>Sign out</wa-dropdown-item
        >
      </wa-dropdown>`;
  }

  #select(event: CustomEvent<{ item: { value: string } }>): void {
    const { value } = event.detail.item;
    if (value === 'account')
      router.go(sessionStore.mayManage ? '/account/api-keys' : '/account/profile');
    else if (value === 'documentation') location.assign('/docs');
    else void this.#submission.run(() => sessionStore.signOut());
  }
}

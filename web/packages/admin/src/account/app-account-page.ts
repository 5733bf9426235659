import { html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { baseStyles } from '../base-styles.js';
import { router } from '../router.js';
import { sessionStore } from '../session-store.js';
import { tabStyles } from '../tab-styles.js';
import './app-api-keys.js';
import './app-profile.js';

/** Account settings: one tab an address. */
@customElement('app-account-page')
export class AppAccountPage extends LitElement {
  @property({ attribute: false }) tab = 'profile';

  static override styles = [baseStyles, tabStyles];

  override render() {
    return html`<h1>Account settings</h1>
      <wa-tab-group active=${this.tab} without-scroll-controls @wa-tab-show=${this.#show}>
        <wa-tab panel="profile">Profile</wa-tab>
        ${sessionStore.mayManage ? html`<wa-tab panel="api-keys">API Keys</wa-tab>` : nothing}
        <wa-tab-panel name="profile">
          ${this.tab === 'profile' ? html`<app-profile></app-profile>` : nothing}
        </wa-tab-panel>
        <wa-tab-panel name="api-keys">
          ${this.tab === 'api-keys' ? html`<app-api-keys></app-api-keys>` : nothing}
        </wa-tab-panel>
      </wa-tab-group>`;
  }

  #show(event: CustomEvent<{ name: string }>): void {
    if (event.detail.name !== this.tab) router.go(`/account/${event.detail.name}`);
  }
}

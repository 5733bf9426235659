import { html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import '../audit/app-audit.js';
import { baseStyles } from '../base-styles.js';
import '../revocations/app-revocations.js';
import { router } from '../router.js';
import { sessionStore } from '../session-store.js';
import '../signing-keys/app-signing-keys.js';
import { tabStyles } from '../tab-styles.js';
import '../themes/app-theme-settings.js';
import './app-embed-settings.js';

const tabs = [
  {
    name: 'embed',
    text: 'Embed',
    forAdmins: false,
    content: html`<app-embed-settings></app-embed-settings>`,
  },
  {
    name: 'theme',
    text: 'Theme',
    forAdmins: false,
    content: html`<app-theme-settings></app-theme-settings>`,
  },
  {
    name: 'signing-keys',
    text: 'Signing Keys',
    forAdmins: true,
    content: html`<app-signing-keys></app-signing-keys>`,
  },
  {
    name: 'revocations',
    text: 'Revocations',
    forAdmins: false,
    content: html`<app-revocations></app-revocations>`,
  },
  { name: 'audit', text: 'Audit', forAdmins: true, content: html`<app-audit></app-audit>` },
];

/** Settings: one tab an address. */
@customElement('app-settings-page')
export class AppSettingsPage extends LitElement {
  @property({ attribute: false }) tab = 'embed';

  static override styles = [baseStyles, tabStyles];

  override render() {
    const shown = tabs.filter(({ forAdmins }) => !forAdmins || sessionStore.isAdmin);
    return html`<h1>Settings</h1>
      <wa-tab-group active=${this.tab} without-scroll-controls @wa-tab-show=${this.#show}>
        ${shown.map(({ name, text }) => html`<wa-tab panel=${name}>${text}</wa-tab>`)}
        ${shown.map(
          ({ name, content }) =>
            html`<wa-tab-panel name=${name}
              >${this.tab === name ? content : nothing}</wa-tab-panel
            >`,
        )}
      </wa-tab-group>`;
  }

  #show(event: CustomEvent<{ name: string }>): void {
    const { name } = event.detail;
    // A tab group within a tab tells of its own tabs here too.
    if (event.target !== event.currentTarget || name === this.tab) return;
    router.go(`/settings/${name}`);
  }
}

import { css, html, LitElement } from 'lit';
import { customElement } from 'lit/decorators.js';
import { baseStyles } from '../base-styles.js';
import './app-embed-settings.js';

/** Settings, with the tab Embed. */
@customElement('app-settings-page')
export class AppSettingsPage extends LitElement {
  static override styles = [
    baseStyles,
    css`
      h1 {
        margin-block-end: 0.75rem;
      }
      wa-tab::part(base) {
        padding: 0.7rem 0.125rem;
      }
      wa-tab-panel {
        --padding: 1.5rem 0 0;
      }
    `,
  ];

  override render() {
    return html`<h1>Settings</h1>
      <wa-tab-group active="embed" without-scroll-controls>
        <wa-tab panel="embed">Embed</wa-tab>
        <wa-tab-panel name="embed"><app-embed-settings></app-embed-settings></wa-tab-panel>
      </wa-tab-group>`;
  }
}

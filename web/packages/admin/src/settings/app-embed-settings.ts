import type { TokenAttribute } from '@aracari/api';
import { css, html, LitElement } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { baseStyles } from '../base-styles.js';
import './app-authorized-origins.js';
import './app-token-attributes.js';
import './app-token-introspection.js';
import './app-token-sandbox.js';

/**
 * The four sections of Settings → Embed. The address may name one (`#authorized-origins`), as the server's refusals of
 * an origin do.
 */
@customElement('app-embed-settings')
export class AppEmbedSettings extends LitElement {
  /** As last loaded by the section Token Attributes; the sandbox draws an input for each. */
  @state() private tokenAttributes: TokenAttribute[] | undefined;

  static override styles = [
    baseStyles,
    css`
      :host {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 1.25rem;
      }
      [id] {
        scroll-margin-block-start: 4rem;
      }
    `,
  ];

  override render() {
    return html`<app-authorized-origins id="authorized-origins"></app-authorized-origins>
      <app-token-attributes
        id="token-attributes"
        @app-attributes=${this.#accept}
      ></app-token-attributes>
      <app-token-sandbox
        id="token-generation-sandbox"
        .tokenAttributes=${this.tokenAttributes ?? []}
      ></app-token-sandbox>
      <app-token-introspection id="token-introspection"></app-token-introspection>`;
  }

  async #accept(event: CustomEvent<TokenAttribute[]>): Promise<void> {
    const first = this.tokenAttributes === undefined;
    this.tokenAttributes = event.detail;
    if (!first || !location.hash) return;
    // Only now do the sections above have the height that they keep.
    await this.updateComplete;
    const section = this.renderRoot.querySelector(`#${CSS.escape(location.hash.slice(1))}`);
    requestAnimationFrame(() => section?.scrollIntoView());
  }
}

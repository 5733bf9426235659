import type { ThemeTokens } from '@aracari/api';
import { applyTokens, themeStyles } from '@aracari/charts';
import { css, html, LitElement, type PropertyValues } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import type { Scheme } from '../appearance.js';

/**
 * Gives what is in it the look of a theme, as viewers see it.
 * @slot - Charts, tiles.
 */
@customElement('app-themed')
export class AppThemed extends LitElement {
  @property({ attribute: false }) theme: ThemeTokens = {};
  @property({ attribute: false }) scheme: Scheme = 'light';
  @query('.aracari-theme') private frame!: HTMLElement;

  static override styles = [
    themeStyles,
    css`
      :host {
        display: block;
        min-width: 0;
      }
      .aracari-theme {
        min-width: 0;
      }
    `,
  ];

  override render() {
    return html`<div class="aracari-theme ${this.scheme === 'dark' ? 'dark' : ''}">
      <slot></slot>
    </div>`;
  }

  // Through the object model: the server's policy refuses style attributes.
  override updated(changed: PropertyValues<this>): void {
    if (!changed.has('theme') && !changed.has('scheme')) return;
    applyTokens(this.frame, this.theme, this.scheme);
  }
}

import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { baseStyles } from '../base-styles.js';

/** Where the page lies: links to the pages above it, then its own name. */
@customElement('app-trail')
export class AppTrail extends LitElement {
  /** Address and name of each page above, the highest first. */
  @property({ attribute: false }) above: [address: string, name: string][] = [];
  @property() current = '';

  static override styles = [
    baseStyles,
    css`
      nav {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0.35rem;
        color: var(--wa-color-text-quiet);
        font-size: var(--wa-font-size-s);
      }
      a {
        color: inherit;
        text-decoration: none;
      }
      a:hover {
        text-decoration: underline;
      }
      a,
      span {
        overflow-wrap: anywhere;
      }
      [aria-current] {
        color: var(--wa-color-text-normal);
      }
    `,
  ];

  override render() {
    return html`<nav aria-label="Breadcrumb">
      ${this.above.map(
        ([address, name]) =>
          html`<a href=${address}>${name}</a><wa-icon name="chevron-right"></wa-icon>`,
      )}
      <span aria-current="page">${this.current}</span>
    </nav>`;
  }
}

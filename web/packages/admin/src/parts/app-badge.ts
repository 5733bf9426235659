import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';

/**
 * A word in a colored frame. Web Awesome's badge is a live region, which would make a table of them read itself out.
 * @slot - The word.
 */
@customElement('app-badge')
export class AppBadge extends LitElement {
  @property({ reflect: true }) variant: 'brand' | 'success' | 'warning' | 'danger' | 'neutral' =
    'neutral';

  static override styles = css`
    :host {
      display: inline-block;
      padding: 0.1rem 0.5rem;
      border-radius: var(--wa-border-radius-pill);
      background: var(--wa-color-neutral-fill-normal);
      color: var(--wa-color-neutral-on-normal);
      font-size: 0.75rem;
      font-weight: 500;
      line-height: 1.5;
      white-space: nowrap;
    }
    :host([variant='brand']) {
      background: var(--wa-color-brand-fill-normal);
      color: var(--wa-color-brand-on-normal);
    }
    :host([variant='success']) {
      background: var(--wa-color-success-fill-quiet);
      color: var(--wa-color-success-on-normal);
    }
    :host([variant='warning']) {
      background: var(--wa-color-warning-fill-normal);
      color: var(--wa-color-warning-on-normal);
    }
    :host([variant='danger']) {
      background: var(--wa-color-danger-fill-quiet);
      color: var(--wa-color-danger-on-normal);
    }
  `;

  override render() {
    return html`<slot></slot>`;
  }
}

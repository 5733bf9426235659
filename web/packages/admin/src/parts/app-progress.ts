import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';

/** How far something is, as a bar. */
@customElement('app-progress')
export class AppProgress extends LitElement {
  /** From 0 to 1; undefined while nobody knows. */
  @property({ attribute: false }) value?: number | undefined;
  /** What goes on, for screen readers. */
  @property() label = 'Progress';

  static override styles = css`
    :host {
      display: block;
    }
    progress {
      display: block;
      width: 100%;
      height: 0.5rem;
      overflow: hidden;
      border: 0;
      border-radius: 0.25rem;
      background: var(--wa-color-neutral-fill-normal);
      appearance: none;
    }
    progress::-webkit-progress-bar {
      background: var(--wa-color-neutral-fill-normal);
    }
    progress::-webkit-progress-value {
      border-radius: 0.25rem;
      background: var(--wa-color-brand-fill-loud);
      transition: inline-size 0.3s linear;
    }
    progress::-moz-progress-bar {
      border-radius: 0.25rem;
      background: var(--wa-color-brand-fill-loud);
    }
    progress:indeterminate {
      animation: breathe 1.6s ease-in-out infinite;
    }
    progress:indeterminate::-moz-progress-bar {
      background: none;
    }
    @keyframes breathe {
      50% {
        opacity: 0.45;
      }
    }
    @media (prefers-reduced-motion: reduce) {
      progress:indeterminate {
        animation: none;
      }
      progress::-webkit-progress-value {
        transition: none;
      }
    }
  `;

  override render() {
    return html`<progress
      max="1"
      value=${this.value ?? nothing}
      aria-label=${this.label}
    ></progress>`;
  }
}

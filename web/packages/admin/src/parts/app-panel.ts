import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { baseStyles } from '../base-styles.js';

/**
 * A titled part of a page, and a region of that name.
 * @slot description - A sentence under the heading.
 * @slot action - A button beside the heading.
 * @slot - The content.
 */
@customElement('app-panel')
export class AppPanel extends LitElement {
  @property() heading = '';

  static override styles = [
    baseStyles,
    css`
      section {
        padding: 1.5rem;
        border: 1px solid var(--wa-color-surface-border);
        border-radius: var(--wa-border-radius-l);
        background: var(--app-panel);
        box-shadow: var(--app-shadow);
      }
      header {
        display: flex;
        flex-wrap: wrap;
        justify-content: space-between;
        align-items: flex-start;
        gap: 0.75rem 1.5rem;
        margin-block-end: 1.25rem;
      }
      .titles {
        flex: 1 1 18rem;
      }
      .description {
        display: block;
        max-width: 46rem;
        margin-block-start: 0.2rem;
        color: var(--wa-color-text-quiet);
        font-size: var(--wa-font-size-s);
      }
      @media (max-width: 760px) {
        section {
          padding: 1.125rem 1rem;
        }
      }
    `,
  ];

  override willUpdate(): void {
    // On the element itself, so that what is slotted in counts as part of the region.
    if (!this.heading) return;
    this.role = 'region';
    this.ariaLabel = this.heading;
  }

  override render() {
    return html`<section>
      <header>
        <div class="titles">
          ${this.heading ? html`<h2>${this.heading}</h2>` : nothing}
          <slot name="description" class="description"></slot>
        </div>
        <slot name="action"></slot>
      </header>
      <slot></slot>
    </section>`;
  }
}

import type { Scalar } from '@aracari/api';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { baseStyles } from '../base-styles.js';
import '../parts/app-copy.js';

/** SQL to read and copy, and the values that are bound to it. */
@customElement('app-sql')
export class AppSql extends LitElement {
  @property({ attribute: false }) sql = '';
  /** What it is, for screen readers. */
  @property() label = 'Final SQL';
  /** In the order of `$1`, `$2`, … */
  @property({ attribute: false }) values: Scalar[] = [];

  static override styles = [
    baseStyles,
    css`
      .frame {
        position: relative;
      }
      pre {
        max-height: 18rem;
        padding-block-start: 2.75rem;
        white-space: pre-wrap;
        overflow-wrap: anywhere;
      }
      app-copy {
        position: absolute;
        inset-block-start: 0.45rem;
        inset-inline-end: 0.45rem;
      }
      ol {
        display: flex;
        flex-wrap: wrap;
        gap: 0.35rem 0.875rem;
        margin: 0.5rem 0 0;
        padding: 0;
        list-style: none;
        font-size: var(--wa-font-size-s);
      }
    `,
  ];

  override render() {
    return html`<div class="frame">
        <pre tabindex="0" aria-label=${this.label}><code>${this.sql}</code></pre>
        <app-copy .value=${this.sql} what=${this.label}></app-copy>
      </div>
      ${
        this.values.length > 0
          ? html`<ol aria-label="Arguments">
              ${this.values.map(
                (value, index) =>
                  html`<li>
                    <code class="quiet">$${index + 1}</code> <code>${JSON.stringify(value)}</code>
                  </li>`,
              )}
            </ol>`
          : nothing
      }`;
  }
}

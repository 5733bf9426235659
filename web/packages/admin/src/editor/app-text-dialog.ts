import { themeStyles } from '@aracari/charts';
import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { appearance } from '../appearance.js';
import { baseStyles, formStyles } from '../base-styles.js';
import { chartThemeStyles } from '../charts/chart-theme-styles.js';
import { renderDialogButtons } from '../dialog-buttons.js';
import './tile-text.js';

/**
 * Dialog with the Markdown of a text tile, and how it looks.
 * @fires app-changed - Detail is the text, when it is kept.
 * @fires app-closed - The dialog has closed.
 */
@customElement('app-text-dialog')
export class AppTextDialog extends LitElement {
  @property({ type: Boolean }) open = false;
  @property({ attribute: false }) text = '';
  @state() private written = '';

  static override styles = [
    baseStyles,
    formStyles,
    themeStyles,
    chartThemeStyles,
    css`
      wa-dialog {
        --width: 46rem;
      }
      form {
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 17rem), 1fr));
      }
      .shown {
        min-height: 8rem;
        padding: 0.75rem 1rem;
        border: 1px dashed var(--wa-color-surface-border);
        border-radius: var(--wa-border-radius-m);
      }
    `,
  ];

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('open') && this.open) this.written = this.text;
  }

  override render() {
    const dark = appearance.scheme === 'dark';
    return html`<wa-dialog label="Text" ?open=${this.open} @wa-after-hide=${this.#closed}>
      ${
        this.open
          ? html`<form id="text" novalidate @submit=${this.#keep}>
              <wa-textarea
                autofocus
                label="Markdown"
                rows="10"
                maxlength="10000"
                placeholder="## Heading&#10;&#10;Text with **bold** words and [links](https://…)"
                .value=${this.written}
                @input=${(event: Event) => (this.written = (event.target as HTMLTextAreaElement).value ?? '')}
              ></wa-textarea>
              <div class="aracari-theme ${dark ? 'dark' : ''}">
                <p class="small quiet">Preview</p>
                <div class="shown"><aracari-text .text=${this.written}></aracari-text></div>
              </div>
            </form>`
          : nothing
      }
      ${renderDialogButtons({ form: 'text', verb: 'Keep text', busy: false, cancel: () => (this.open = false) })}
    </wa-dialog>`;
  }

  #keep(event: SubmitEvent): void {
    event.preventDefault();
    this.open = false;
    this.dispatchEvent(new CustomEvent('app-changed', { detail: this.written }));
  }

  #closed(event: Event): void {
    if (event.target !== event.currentTarget) return;
    this.open = false;
    this.dispatchEvent(new Event('app-closed'));
  }
}

import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { baseStyles, formStyles } from '../base-styles.js';
import { Submission } from '../submission.js';
import './app-refusal.js';

/**
 * Asks before something that cannot be undone, then does it. The dialog stays open when the server refuses. Where a slip
 * would be costly, a word is to be typed first.
 * @slot - What will happen.
 * @fires app-done - The deed was done.
 * @fires app-closed - The dialog has closed, whether or not the deed was done.
 */
@customElement('app-confirm')
export class AppConfirm extends LitElement {
  @property() heading = '';
  @property() verb = '';
  @property({ type: Boolean }) open = false;
  /** The word to type before the deed; empty: none. */
  @property() typed = '';
  @property({ attribute: false }) deed: () => Promise<unknown> = async () => undefined;
  @state() private written = '';
  readonly #submission = new Submission(this);

  static override styles = [
    baseStyles,
    formStyles,
    css`
      wa-dialog {
        --width: 27rem;
      }
      .text {
        color: var(--wa-color-text-quiet);
      }
    `,
  ];

  override render() {
    return html`<wa-dialog label=${this.heading} ?open=${this.open} @wa-after-hide=${this.#closed}>
      <div class="fields">
        <div class="text"><slot></slot></div>
        ${this.open && this.typed ? this.#renderTyped() : nothing}
        <app-refusal .refusal=${this.#submission.refusal}></app-refusal>
      </div>
      <wa-button slot="footer" appearance="outlined" autofocus @click=${() => (this.open = false)}
        >Cancel</wa-button
      >
      <wa-button
        slot="footer"
        variant="danger"
        ?disabled=${this.written !== this.typed}
        ?loading=${this.#submission.busy}
        @click=${this.#confirm}
        >${this.verb}</wa-button
      >
    </wa-dialog>`;
  }

  #renderTyped() {
    return html`<wa-input
      label="Type “${this.typed}” to confirm"
      autocomplete="off"
      autocapitalize="off"
      spellcheck="false"
      @input=${(event: Event) => (this.written = (event.target as HTMLInputElement).value.trim())}
    ></wa-input>`;
  }

  async #confirm(): Promise<void> {
    const done = await this.#submission.run(async () => {
      await this.deed();
      return true;
    });
    if (!done) return;
    this.open = false;
    this.dispatchEvent(new Event('app-done'));
  }

  #closed(): void {
    this.open = false;
    this.written = '';
    this.#submission.clear();
    this.dispatchEvent(new Event('app-closed'));
  }
}

import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { baseStyles, formStyles } from '../base-styles.js';
import { Submission } from '../submission.js';
import './app-refusal.js';

/**
 * Asks before something that cannot be undone, then does it. The dialog stays open when the server refuses.
 * @slot - What will happen.
 * @fires app-closed - The dialog has closed, whether or not the deed was done.
 */
@customElement('app-confirm')
export class AppConfirm extends LitElement {
  @property() heading = '';
  @property() verb = '';
  @property({ type: Boolean }) open = false;
  @property({ attribute: false }) deed: () => Promise<unknown> = async () => undefined;
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
        <app-refusal .refusal=${this.#submission.refusal}></app-refusal>
      </div>
      <wa-button slot="footer" appearance="outlined" autofocus @click=${() => (this.open = false)}
        >Cancel</wa-button
      >
      <wa-button
        slot="footer"
        variant="danger"
        ?loading=${this.#submission.busy}
        @click=${this.#confirm}
        >${this.verb}</wa-button
      >
    </wa-dialog>`;
  }

  async #confirm(): Promise<void> {
    const done = await this.#submission.run(async () => {
      await this.deed();
      return true;
    });
    if (done) this.open = false;
  }

  #closed(): void {
    this.open = false;
    this.#submission.clear();
    this.dispatchEvent(new Event('app-closed'));
  }
}

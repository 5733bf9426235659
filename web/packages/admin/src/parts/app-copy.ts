import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { baseStyles } from '../base-styles.js';

const shownFor = 2000;

/**
 * Button that copies `value` and says so.
 * @fires app-copied - The value is on the clipboard.
 */
@customElement('app-copy')
export class AppCopy extends LitElement {
  @property() value = '';
  @property() word = 'Copy';
  /** What is copied, for screen readers, where several such buttons are near each other. */
  @property() what = '';
  @property() variant: 'neutral' | 'brand' = 'neutral';
  @property() appearance: 'outlined' | 'plain' | 'accent' = 'outlined';
  @state() private outcome: 'none' | 'copied' | 'failed' = 'none';
  @query('textarea') private carrier!: HTMLTextAreaElement;
  #timer = 0;

  static override styles = [
    baseStyles,
    css`
      :host {
        display: inline-block;
      }
      textarea {
        position: fixed;
        inset-inline-start: -9999px;
        width: 1px;
        height: 1px;
      }
    `,
  ];

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  override render() {
    return html`<wa-button
        size="s"
        variant=${this.variant}
        appearance=${this.appearance}
        @click=${this.#copy}
      >
        <wa-icon slot="start" name=${this.outcome === 'copied' ? 'check' : 'copy'}></wa-icon>
        ${this.#shown}${this.what ? html`<span class="hidden-text"> ${this.what}</span>` : nothing}
      </wa-button>
      <span class="hidden-text" role="status">${this.outcome === 'none' ? '' : this.#shown}</span>
      <textarea tabindex="-1" aria-hidden="true" readonly .value=${this.value}></textarea>`;
  }

  get #shown(): string {
    return { none: this.word, copied: 'Copied', failed: 'Press Ctrl+C' }[this.outcome];
  }

  async #copy(): Promise<void> {
    this.outcome = (await this.#write()) ? 'copied' : 'failed';
    if (this.outcome === 'copied') this.dispatchEvent(new Event('app-copied'));
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => (this.outcome = 'none'), shownFor);
  }

  /** Pages served without TLS have no clipboard object; there the old command on a selection still works. */
  async #write(): Promise<boolean> {
    try {
      await navigator.clipboard.writeText(this.value);
      return true;
    } catch {
      this.carrier.select();
      return document.execCommand('copy');
    }
  }
}

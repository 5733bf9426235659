import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { baseStyles } from '../base-styles.js';
import type { SaveState } from './autosave.js';

/**
 * Whether what is edited has reached the server, in a few words that are read out when they change for the worse.
 * @fires app-retry - The person asks to save now.
 */
@customElement('app-save-state')
export class AppSaveState extends LitElement {
  @property({ attribute: false }) state: SaveState = { name: 'saved' };

  static override styles = [
    baseStyles,
    css`
      .state {
        display: inline-flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0.4rem;
        color: var(--wa-color-text-quiet);
        font-size: var(--wa-font-size-s);
      }
      .bad {
        color: var(--wa-color-danger-on-quiet);
      }
    `,
  ];

  override render() {
    const { state } = this;
    switch (state.name) {
      case 'saved':
        return html`<span class="state"
          ><wa-icon name="circle-check"></wa-icon>Saved as draft</span
        >`;
      case 'waiting':
      case 'saving':
        return html`<span class="state"><wa-spinner></wa-spinner>Saving…</span>`;
      case 'conflict':
        return html`<span class="state bad"
          ><wa-icon name="warning"></wa-icon>Saving has stopped</span
        >`;
      case 'failed':
        return html`<span class="state bad" role="alert"
          ><wa-icon name="unplugged"></wa-icon>Not saved yet. ${state.what}
          ${this.#renderRetry('Save now')}</span
        >`;
      case 'refused':
        return html`<span class="state bad" role="alert"
          ><wa-icon name="warning"></wa-icon>Not saved: ${state.what}
          ${this.#renderRetry('Try again')}</span
        >`;
    }
  }

  #renderRetry(text: string) {
    return html`<wa-button
      size="s"
      appearance="outlined"
      @click=${() => this.dispatchEvent(new Event('app-retry'))}
      >${text}</wa-button
    >`;
  }
}

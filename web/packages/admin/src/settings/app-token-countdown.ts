import { css, html, LitElement } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { formatCountdown } from '../time.js';

/** Counts down to the end of a token. */
@customElement('app-token-countdown')
export class AppTokenCountdown extends LitElement {
  /** When the token ends, by the clock of this browser, in milliseconds. */
  @property({ attribute: false }) endsAt = 0;
  @state() private now = Date.now();
  #timer = 0;

  static override styles = css`
    :host {
      display: inline-flex;
      align-items: center;
      gap: 0.4em;
      font-size: var(--wa-font-size-s);
      font-variant-numeric: tabular-nums;
      color: var(--wa-color-text-quiet);
    }
    .ended {
      color: var(--wa-color-danger-on-quiet);
      font-weight: 600;
    }
  `;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#timer = window.setInterval(() => (this.now = Date.now()), 1000);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#timer);
  }

  override willUpdate(): void {
    this.now = Math.max(this.now, Date.now());
  }

  override render() {
    const secondsLeft = (this.endsAt - this.now) / 1000;
    return secondsLeft > 0
      ? html`<span role="timer">Expires in ${formatCountdown(secondsLeft)}</span>`
      : html`<span class="ended" role="timer">Expired</span>`;
  }
}

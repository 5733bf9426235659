import {
  type Environment,
  type RotationSchedule,
  rotateSigningKey,
  type SigningKey,
} from '@aracari/api';
import { css, html, LitElement } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { baseStyles, formStyles } from '../base-styles.js';
import '../parts/app-confirm.js';
import '../parts/app-panel.js';
import '../parts/app-refusal.js';
import { Submission } from '../submission.js';
import './app-signing-key-table.js';
import './app-signing-key-time-line.js';

/**
 * The signing keys of one environment, and how to rotate them.
 * @fires app-rotated - There is a new key.
 */
@customElement('app-signing-key-panel')
export class AppSigningKeyPanel extends LitElement {
  @property({ attribute: false }) environment: Environment = 'sandbox';
  @property({ attribute: false }) signingKeys: SigningKey[] = [];
  @property({ attribute: false }) rotation!: RotationSchedule;
  @state() private ending = false;
  @state() private published = false;
  readonly #rotating = new Submission(this);

  static override styles = [
    baseStyles,
    formStyles,
    css`
      app-signing-key-time-line {
        margin-block-end: 1.25rem;
      }
    `,
  ];

  override render() {
    const name = this.environment === 'sandbox' ? 'Sandbox' : 'Production';
    return html`<app-panel heading="${name} signing keys">
        <div slot="action" class="actions">
          <wa-button
            size="s"
            appearance="outlined"
            ?loading=${this.#rotating.busy}
            @click=${this.#rotate}
            >Rotate</wa-button
          >
          <wa-button
            size="s"
            appearance="outlined"
            variant="danger"
            @click=${() => (this.ending = true)}
            >Rotate now, end all tokens…</wa-button
          >
        </div>
        <app-refusal .refusal=${this.#rotating.refusal}></app-refusal>
        <p role="status" class="hidden-text">${this.published ? 'A new key is published.' : ''}</p>
        <app-signing-key-time-line
          .signingKeys=${this.signingKeys}
          .rotation=${this.rotation}
        ></app-signing-key-time-line>
        <app-signing-key-table .signingKeys=${this.signingKeys}></app-signing-key-table>
      </app-panel>
      ${this.#renderEnding()}`;
  }

  #renderEnding() {
    return html`<app-confirm
      heading="End all ${this.environment} tokens?"
      verb="Rotate and end all tokens"
      typed=${this.environment}
      ?open=${this.ending}
      .deed=${() => rotateSigningKey(this.environment, 'emergency')}
      @app-done=${this.#rotated}
      @app-closed=${() => (this.ending = false)}
    >
      <p>
        A new key signs from now on, and every older one is revoked. All ${this.environment} tokens
        are dead at once: open dashboards go dark until your backend mints new tokens. Do this when
        a signing key may have leaked. It cannot be undone.
      </p>
    </app-confirm>`;
  }

  async #rotate(): Promise<void> {
    const rotated = await this.#rotating.run(() => rotateSigningKey(this.environment, 'overlap'));
    if (rotated) this.#rotated();
  }

  #rotated(): void {
    this.published = true;
    this.dispatchEvent(new Event('app-rotated'));
  }
}

import { type Introspection, introspectToken, revoke } from '@aracari/api';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { baseStyles, formStyles } from '../base-styles.js';
import { fieldText } from '../field-text.js';
import '../parts/app-confirm.js';
import '../parts/app-panel.js';
import '../parts/app-refusal.js';
import { sessionStore } from '../session-store.js';
import { refuseLocally, Submission } from '../submission.js';
import { renderTokenField, tokenFieldStyles } from '../token-field.js';
import './app-token-claims.js';
import './app-token-countdown.js';
import './app-token-standing.js';

/** An answer about a token, and when the token ends by the clock of this browser. */
interface Introspected extends Introspection {
  token: string;
  endsAt: number;
}

/** Section Token Introspection: what any token is, and why it does or does not work. */
@customElement('app-token-introspection')
export class AppTokenIntrospection extends LitElement {
  @state() private introspected?: Introspected;
  @state() private revoking = false;
  readonly #submission = new Submission(this);

  static override styles = [
    baseStyles,
    formStyles,
    tokenFieldStyles,
    css`
      .answer {
        display: grid;
        gap: 1rem;
        margin-block-start: 1.25rem;
      }
      .life {
        display: flex;
        flex-wrap: wrap;
        gap: 0.5rem 1rem;
        justify-content: space-between;
        align-items: center;
      }
      .reasons {
        padding-inline-start: 1.25rem;
        list-style: disc;
      }
      .columns {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 24rem), 1fr));
        gap: 1rem 2.5rem;
        align-items: start;
      }
      wa-details::part(header),
      wa-details::part(content) {
        padding-inline: 0;
      }
      .verdict {
        font-weight: 600;
      }
    `,
  ];

  override render() {
    return html`<app-panel heading="Token Introspection">
        <span slot="description">
          Paste any embed token to learn whom it is for, what it may do, and the exact reason when
          it does not work.
        </span>
        <form novalidate @submit=${this.#submit}>
          ${renderTokenField({
            label: 'JWT Token',
            rows: 4,
            refused: this.#submission.at('token'),
          })}
          <app-refusal .refusal=${this.#submission.refusal}></app-refusal>
          <div class="actions">
            <wa-button type="submit" variant="brand" ?loading=${this.#submission.busy}
              >Introspect Token</wa-button
            >
          </div>
        </form>
        <div role="status">
          ${this.introspected ? this.#renderVerdict(this.introspected) : nothing}
        </div>
        ${this.introspected ? this.#renderContent(this.introspected) : nothing}
      </app-panel>
      ${this.#renderRevocation()}`;
  }

  #renderVerdict({ active, verdict }: Introspected) {
    return html`<div class="answer">
      <wa-callout variant=${active ? 'success' : 'danger'}>
        <wa-icon slot="icon" name=${active ? 'circle-check' : 'circle-xmark'}></wa-icon>
        <span class="verdict">${verdict}</span>
      </wa-callout>
    </div>`;
  }

  #renderContent(introspected: Introspected) {
    const { active, reasons, claims } = introspected;
    if (!claims) {
      return html`<div class="answer">
        <p class="quiet small">
          Its content is not shown, because it cannot be trusted to come from your organization.
        </p>
      </div>`;
    }
    return html`<div class="answer">
      ${active ? this.#renderLife(introspected) : nothing}
      ${reasons.length > 1 ? renderReasons(reasons) : nothing}
      <div class="columns">
        <div>
          <h3>Standing</h3>
          <app-token-standing .introspection=${introspected}></app-token-standing>
        </div>
        <div>
          <h3>Claims</h3>
          <app-token-claims .claims=${claims}></app-token-claims>
        </div>
      </div>
      <wa-details summary="Raw JSON" appearance="plain">
        <pre tabindex="0" aria-label="Claims">${JSON.stringify(claims, null, 2)}</pre>
      </wa-details>
    </div>`;
  }

  #renderLife({ endsAt, claims }: Introspected) {
    const mayRevoke = sessionStore.isAdmin || claims?.env === 'sandbox';
    return html`<div class="life">
      <app-token-countdown .endsAt=${endsAt}></app-token-countdown>
      ${
        mayRevoke
          ? html`<wa-button
              size="s"
              variant="danger"
              appearance="outlined"
              @click=${() => (this.revoking = true)}
              >Revoke token</wa-button
            >`
          : nothing
      }
    </div>`;
  }

  #renderRevocation() {
    const { token, claims } = this.introspected ?? {};
    return html`<app-confirm
      heading="Revoke this token?"
      verb="Revoke it"
      ?open=${this.revoking}
      .deed=${async () => token && revoke({ kind: 'token', token })}
      @app-done=${() => token && this.#introspect(token)}
      @app-closed=${() => (this.revoking = false)}
    >
      <p>
        The token of “${claims?.sub}” is dead at once, wherever it is in use. Other tokens of this
        end user go on. This cannot be undone.
      </p>
    </app-confirm>`;
  }

  async #submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    this.introspected = undefined;
    await this.#introspect(fieldText(form, 'token').replaceAll(/\s/g, ''));
  }

  async #introspect(token: string): Promise<void> {
    this.introspected = await this.#submission.run(async () => {
      if (!token) throw refuseLocally('token', 'Paste a token.');
      const answer = await introspectToken(token);
      return { ...answer, token, endsAt: Date.now() + (answer.secondsLeft ?? 0) * 1000 };
    });
  }
}

function renderReasons(reasons: Introspection['reasons']) {
  return html`<div>
    <h3>Every reason</h3>
    <ul class="reasons small">
      ${reasons.map(({ what }) => html`<li>${what}</li>`)}
    </ul>
  </div>`;
}

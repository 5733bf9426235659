import { type Introspection, introspectToken } from '@aracari/api';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import { baseStyles, formStyles } from '../base-styles.js';
import '../parts/app-panel.js';
import '../parts/app-refusal.js';
import { refuseLocally, Submission } from '../submission.js';
import './app-token-claims.js';

/** Section Token Introspection: what any token is, and why it does or does not work. */
@customElement('app-token-introspection')
export class AppTokenIntrospection extends LitElement {
  @state() private introspection?: Introspection;
  @query('wa-textarea') private textarea!: HTMLElement & { value: string };
  readonly #submission = new Submission(this);

  static override styles = [
    baseStyles,
    formStyles,
    css`
      wa-textarea::part(textarea) {
        font-family: var(--wa-font-family-code);
        font-size: 0.8125rem;
        overflow-wrap: anywhere;
      }
      .answer {
        display: grid;
        gap: 1rem;
        margin-block-start: 1.25rem;
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
    const refused = this.#submission.at('token');
    return html`<app-panel heading="Token Introspection">
      <span slot="description">
        Paste any embed token to learn whom it is for, what it may do, and the exact reason when it
        does not work.
      </span>
      <form novalidate @submit=${this.#submit}>
        <wa-textarea
          class=${refused ? 'refused' : ''}
          label="JWT Token"
          rows="4"
          resize="vertical"
          autocomplete="off"
          spellcheck="false"
          placeholder="eyJ…"
          hint=${refused ?? ''}
        ></wa-textarea>
        <app-refusal .refusal=${this.#submission.refusal}></app-refusal>
        <div class="actions">
          <wa-button type="submit" variant="brand" ?loading=${this.#submission.busy}
            >Introspect Token</wa-button
          >
        </div>
      </form>
      <div role="status">
        ${this.introspection ? this.#renderVerdict(this.introspection) : nothing}
      </div>
      ${this.introspection ? this.#renderClaims(this.introspection) : nothing}
    </app-panel>`;
  }

  #renderVerdict({ active, verdict }: Introspection) {
    return html`<div class="answer">
      <wa-callout variant=${active ? 'success' : 'danger'}>
        <wa-icon slot="icon" name=${active ? 'circle-check' : 'circle-xmark'}></wa-icon>
        <span class="verdict">${verdict}</span>
      </wa-callout>
    </div>`;
  }

  #renderClaims({ claims, apiKey }: Introspection) {
    if (!claims) {
      return html`<div class="answer">
        <p class="quiet small">
          Its content is not shown, because it cannot be trusted to come from your organization.
        </p>
      </div>`;
    }
    const mintedBy = apiKey
      ? `${apiKey.name} (…${apiKey.lastFour})${apiKey.revokedAt ? ', revoked' : ''}`
      : '';
    return html`<div class="answer">
      <app-token-claims .claims=${claims} .mintedBy=${mintedBy}></app-token-claims>
      <wa-details summary="Raw JSON" appearance="plain">
        <pre tabindex="0" aria-label="Claims">${JSON.stringify(claims, null, 2)}</pre>
      </wa-details>
    </div>`;
  }

  async #submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    this.introspection = undefined;
    this.introspection = await this.#submission.run(async () => {
      const token = this.textarea.value.replaceAll(/\s/g, '');
      if (!token) throw refuseLocally('token', 'Paste a token.');
      return introspectToken(token);
    });
  }
}

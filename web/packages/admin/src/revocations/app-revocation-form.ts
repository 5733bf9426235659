import { type DashboardSummary, revoke } from '@aracari/api';
import { css, html, LitElement } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { baseStyles, formStyles } from '../base-styles.js';
import '../parts/app-confirm.js';
import '../parts/app-refusal.js';
import { sessionStore } from '../session-store.js';
import { addRowStyles } from '../settings/add-row-styles.js';
import { Submission } from '../submission.js';
import { type HandKind, readRevocation, type RevocationWish } from './new-revocation.js';
import { kindNames } from './revocation-words.js';

const kinds: HandKind[] = ['end_user', 'dashboard', 'environment'];

/**
 * Revokes all tokens of an end user, of a dashboard or of an environment, after a confirmation.
 * @fires app-revoked - There is a new revocation.
 */
@customElement('app-revocation-form')
export class AppRevocationForm extends LitElement {
  @property({ attribute: false }) dashboards: DashboardSummary[] = [];
  @state() private kind: HandKind = 'end_user';
  @state() private wish?: RevocationWish;
  @query('form') private form!: HTMLFormElement;
  readonly #reading = new Submission(this);

  static override styles = [
    baseStyles,
    formStyles,
    addRowStyles,
    css`
      .row > wa-select {
        flex: 1 1 8rem;
      }
    `,
  ];

  override render() {
    return html`<form class="add" novalidate @submit=${this.#ask}>
        <div class="row">
          <wa-select label="Revoke tokens of" value=${this.kind} @change=${this.#choose}>
            ${kinds.map((kind) => html`<wa-option value=${kind}>${kindNames[kind]}</wa-option>`)}
          </wa-select>
          ${this.#renderEnvironment()} ${this.#renderSubject()}
          <wa-input
            label="Reason"
            name="reason"
            autocomplete="off"
            maxlength="200"
            placeholder="Optional"
          ></wa-input>
          <wa-button type="submit" appearance="outlined">Revoke…</wa-button>
        </div>
        <app-refusal .refusal=${this.#reading.refusal}></app-refusal>
      </form>
      ${this.#renderConfirm(this.wish)}`;
  }

  #renderEnvironment() {
    return html`<wa-select label="Environment" name="environment" value="sandbox">
      <wa-option value="sandbox">Sandbox</wa-option>
      ${sessionStore.isAdmin ? html`<wa-option value="production">Production</wa-option>` : null}
    </wa-select>`;
  }

  #renderSubject() {
    const refused = this.#reading.at('subject');
    if (this.kind === 'environment') return null;
    if (this.kind === 'dashboard')
      return html`<wa-select
        class=${refused ? 'refused' : ''}
        label="Dashboard"
        name="subject"
        hint=${refused ?? ''}
      >
        ${this.dashboards.map(({ id, name }) => html`<wa-option value=${id}>${name}</wa-option>`)}
      </wa-select>`;
    return html`<wa-input
      class=${refused ? 'refused' : ''}
      label="distinctId"
      name="subject"
      autocomplete="off"
      autocapitalize="off"
      spellcheck="false"
      placeholder="user-123"
      hint=${refused ?? ''}
    ></wa-input>`;
  }

  #renderConfirm(wish: RevocationWish | undefined) {
    const environment = wish?.body.environment ?? 'sandbox';
    return html`<app-confirm
      heading="Revoke these tokens?"
      verb="Revoke tokens"
      typed=${wish?.body.kind === 'environment' ? environment : ''}
      ?open=${Boolean(wish)}
      .deed=${async () => wish && revoke(wish.body)}
      @app-done=${this.#revoked}
      @app-closed=${() => (this.wish = undefined)}
    >
      <p>${wish ? describe(wish) : ''} Tokens that are minted from now on work.</p>
    </app-confirm>`;
  }

  #choose(event: Event): void {
    this.kind = (event.target as HTMLInputElement).value as HandKind;
    this.#reading.clear();
  }

  async #ask(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    this.wish = await this.#reading.run(async () =>
      readRevocation(this.form, this.kind, this.dashboards),
    );
  }

  #revoked(): void {
    this.form.reset();
    this.kind = 'end_user';
    this.dispatchEvent(new Event('app-revoked'));
  }
}

function describe({ body, name }: RevocationWish): string {
  switch (body.kind) {
    case 'environment':
      return `Every ${name} token that exists now is dead at once: open dashboards go dark.`;
    case 'dashboard':
      return `The ${body.environment} tokens that exist now no longer reach the dashboard “${name}”.`;
    default:
      return `The ${body.environment} tokens of “${name}” that exist now are dead at once.`;
  }
}

import {
  type ConnectionTest,
  type PostgresConnection,
  type PostgresSettings,
  testPostgres,
  type TlsMode,
  type TokenAttribute,
} from '@aracari/api';
import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { baseStyles, formStyles } from '../base-styles.js';
import { changedText } from '../field-text.js';
import { renderOutcome } from '../outcome.js';
import '../parts/app-refusal.js';
import { refuseLocally, Submission } from '../submission.js';
import {
  checkDraft,
  draftOf,
  needsPassword,
  type PostgresDraft,
  settingsOf,
  tlsModes,
  verifies,
} from './postgres-settings.js';

/** The fields of one connection to a PostgreSQL server, and a test of it. */
@customElement('app-postgres-settings')
export class AppPostgresSettings extends LitElement {
  /** What stands in the fields at first. */
  @property({ attribute: false }) initial?: PostgresConnection | undefined;
  /** What is stored, with a password: it need not be entered while nothing changes that it protects. */
  @property({ attribute: false }) stored?: PostgresConnection | undefined;
  /** The database that it is stored in. */
  @property({ attribute: false }) databaseId?: string | undefined;
  @property({ attribute: false }) tokenAttributes: TokenAttribute[] = [];
  /** The body field that these settings are: the place of refusals. */
  @property({ attribute: false }) path: 'postgres' | 'sandbox' = 'postgres';
  @property({ attribute: false }) refused: (field: string) => string | undefined = () => undefined;
  @state() private draft: PostgresDraft = draftOf(undefined);
  @state() private test?: ConnectionTest | undefined;
  readonly #testing = new Submission(this);

  static override styles = [
    baseStyles,
    formStyles,
    css`
      .address {
        display: grid;
        grid-template-columns: minmax(0, 1fr) 8rem;
        gap: 0.875rem;
        align-items: start;
      }
      wa-textarea::part(textarea) {
        font-family: var(--wa-font-family-code);
        font-size: 0.8125rem;
      }
      wa-radio-group::part(form-control-input) {
        display: grid;
        gap: 0.35rem;
      }
      .test {
        display: grid;
        gap: 0.75rem;
      }
      .test:empty {
        display: none;
      }
    `,
  ];

  /** What is to be sent. Throws a refusal at the first field that is not filled in. */
  read(): PostgresSettings {
    const refused = checkDraft(this.draft, this.stored);
    if (refused) throw refuseLocally(`${this.path}.${refused.field}`, refused.what);
    return settingsOf(this.draft);
  }

  /** What stands in the fields, filled in or not, without the password. */
  get filledIn(): PostgresConnection {
    const { password: _, ...connection } = settingsOf(this.draft);
    return connection;
  }

  override focus(): void {
    const { renderRoot } = this;
    const place =
      renderRoot.querySelector<HTMLElement>('.refused') ?? renderRoot.querySelector('wa-input');
    place?.focus();
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('initial')) this.draft = draftOf(this.initial);
  }

  override render() {
    const { draft } = this;
    return html`<div class="fields">
      <div class="address">
        ${this.#renderInput('host', 'Host', { placeholder: 'db.example.com' })}
        ${this.#renderInput('port', 'Port', { inputmode: 'numeric' })}
      </div>
      ${this.#renderDatabase()}
      <div class="pair">
        ${this.#renderInput('user', 'User', { hint: 'A role that may only read.' })}
        ${this.#renderPassword()}
      </div>
      ${this.#renderTls()} ${verifies(draft.tls) ? this.#renderCertificate() : nothing}
      <div class="test">
        <div class="actions">
          <wa-button appearance="outlined" ?loading=${this.#testing.busy} @click=${this.#try}
            >Test connection</wa-button
          >
        </div>
        <div role="status">${this.test ? renderTest(this.test) : nothing}</div>
        <app-refusal .refusal=${this.#testing.refusal}></app-refusal>
      </div>
    </div>`;
  }

  #renderInput(
    field: 'host' | 'port' | 'user' | 'database',
    label: string,
    { hint = '', placeholder = '', inputmode = 'text' } = {},
  ) {
    const refused = this.#refusedAt(field);
    return html`<wa-input
      class=${refused ? 'refused' : ''}
      label=${label}
      name="${this.path}-${field}"
      autocomplete="off"
      autocapitalize="off"
      spellcheck="false"
      inputmode=${inputmode}
      placeholder=${placeholder}
      .value=${this.draft[field]}
      hint=${refused ?? hint}
      @input=${(event: Event) => this.#change({ [field]: changedText(event) })}
    ></wa-input>`;
  }

  #renderDatabase() {
    const { perTenant } = this.draft;
    return html`<wa-radio-group
        label="Which database"
        .value=${perTenant ? 'attribute' : 'one'}
        @change=${(event: Event) => this.#change({ perTenant: changedText(event) === 'attribute' })}
      >
        <wa-radio value="one">One for everybody</wa-radio>
        <wa-radio value="attribute">One per tenant, named by a token attribute</wa-radio>
      </wa-radio-group>
      ${
        perTenant
          ? html`<div class="pair">
              ${this.#renderAttribute()}
              ${this.#renderInput('database', 'Database for tests', {
                hint: 'For the schema, and for makers without a token.',
              })}
            </div>`
          : this.#renderInput('database', 'Database')
      }`;
  }

  /** A database has one name, so lists and other types are not offered. */
  #renderAttribute() {
    const { databaseAttribute } = this.draft;
    const fitting = this.tokenAttributes.filter(({ type, list }) => type === 'string' && !list);
    const refused = this.#refusedAt('databaseAttribute');
    const hint =
      fitting.length > 0
        ? 'A token without it is refused.'
        : 'Register a token attribute of type String first, in the settings.';
    return html`<wa-select
      class=${refused ? 'refused' : ''}
      label="Token attribute"
      placeholder="Choose an attribute"
      .value=${databaseAttribute}
      hint=${refused ?? hint}
      @change=${(event: Event) => this.#change({ databaseAttribute: changedText(event) })}
    >
      ${fitting.map(({ name }) => html`<wa-option value=${name}>${name}</wa-option>`)}
    </wa-select>`;
  }

  #renderPassword() {
    const refused = this.#refusedAt('password');
    return html`<wa-input
      class=${refused ? 'refused' : ''}
      label="Password"
      name="${this.path}-password"
      type="password"
      password-toggle
      autocomplete="new-password"
      .value=${this.draft.password}
      placeholder=${needsPassword(this.draft, this.stored) ? '' : 'Unchanged'}
      hint=${refused ?? this.#passwordHint}
      @input=${(event: Event) => this.#change({ password: changedText(event) })}
    ></wa-input>`;
  }

  get #passwordHint(): string {
    if (!this.stored) return 'Stored encrypted, and never shown again.';
    return needsPassword(this.draft, this.stored)
      ? 'Host, port, user or TLS has changed: enter it anew.'
      : 'Stays as it is unless you enter another. A change of host, port, user or TLS asks for it.';
  }

  #renderTls() {
    const refused = this.#refusedAt('tls');
    return html`<wa-select
      class=${refused ? 'refused' : ''}
      label="TLS"
      .value=${this.draft.tls}
      hint=${refused ?? tlsModes[this.draft.tls].meaning}
      @change=${(event: Event) => this.#change({ tls: changedText(event) as TlsMode })}
    >
      ${Object.entries(tlsModes).map(([mode, { name }]) => html`<wa-option value=${mode}>${name}</wa-option>`)}
    </wa-select>`;
  }

  #renderCertificate() {
    const refused = this.#refusedAt('caCertificate');
    return html`<wa-textarea
      class=${refused ? 'refused' : ''}
      label="Certificate of the authority (CA)"
      rows="4"
      resize="vertical"
      autocomplete="off"
      spellcheck="false"
      placeholder="-----BEGIN CERTIFICATE-----"
      .value=${this.draft.caCertificate}
      hint=${refused ?? (this.draft.tls === 'verify-ca' ? 'PEM text.' : 'PEM text. Empty: the authorities that this machine trusts.')}
      @input=${(event: Event) => this.#change({ caCertificate: changedText(event) })}
    ></wa-textarea>`;
  }

  #refusedAt(field: keyof PostgresSettings): string | undefined {
    // The test sends these settings as “postgres”, whichever they are.
    return (
      this.#testing.at(`postgres.${field}`) ??
      this.#testing.at(`${this.path}.${field}`) ??
      this.refused(`${this.path}.${field}`)
    );
  }

  #change(changed: Partial<PostgresDraft>): void {
    this.draft = { ...this.draft, ...changed };
    this.test = undefined;
  }

  async #try(): Promise<void> {
    this.test = undefined;
    this.test = await this.#testing.run(async () => {
      const settings = this.read();
      // The server tests with the password of production only.
      if (!settings.password && this.path === 'sandbox')
        throw refuseLocally('sandbox.password', 'Enter the password to test this connection.');
      return testPostgres(settings, this.stored && this.databaseId);
    });
  }
}

function renderTest(test: ConnectionTest) {
  return renderOutcome(
    test.ok,
    test.ok ? [`Connected in ${test.milliseconds} ms, version ${test.version}.`] : [test.reason],
  );
}

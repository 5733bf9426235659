import {
  type Database,
  listTokenAttributes,
  type PostgresConnection,
  type PostgresSettings,
} from '@aracari/api';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { baseStyles } from '../base-styles.js';
import { Loading } from '../loading.js';
import '../parts/app-panel.js';
import './app-postgres-settings.js';
import type { AppPostgresSettings } from './app-postgres-settings.js';

/** The connection of a PostgreSQL database and, where it is wanted, another one for sandbox tokens. */
@customElement('app-postgres-connections')
export class AppPostgresConnections extends LitElement {
  /** Undefined for one that is to be added. */
  @property({ attribute: false }) database?: Database | undefined;
  @property({ attribute: false }) refused: (field: string) => string | undefined = () => undefined;
  /** What the sandbox connection starts from; undefined while sandbox tokens read what others read. */
  @state() private sandbox?: PostgresConnection | undefined;
  @query('#postgres') private main?: AppPostgresSettings;
  @query('#sandbox') private other?: AppPostgresSettings;
  readonly #attributes = new Loading(this, () => listTokenAttributes());

  static override styles = [
    baseStyles,
    css`
      :host {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 1.25rem;
      }
      app-postgres-settings {
        margin-block-start: 1.125rem;
      }
    `,
  ];

  /** What is to be sent. Throws a refusal at the first field that is not filled in. */
  read(): { postgres: PostgresSettings; sandbox: PostgresSettings | undefined } {
    if (!this.main) throw new Error('The form is not there yet.');
    return { postgres: this.main.read(), sandbox: this.other?.read() };
  }

  override focus(): void {
    const refused = [this.main, this.other].find((each) => each?.classList.contains('refused'));
    refused?.focus();
  }

  override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (changed.has('database')) this.sandbox = this.database?.sandbox;
  }

  override render() {
    return this.#attributes.render(
      (attributes) =>
        html`<app-panel heading="Connection">
            <span slot="description"
              >Aracari only reads: each query is a read-only transaction with a time limit.</span
            >
            ${this.#renderSettings('postgres', this.database?.postgres, attributes)}
          </app-panel>
          <app-panel heading="Sandbox">
            <span slot="description"
              >Tests need not touch production data: sandbox tokens can read another database of the
              same tables.</span
            >
            <wa-checkbox .checked=${Boolean(this.sandbox)} @change=${this.#toggleSandbox}
              >Sandbox tokens use a connection of their own</wa-checkbox
            >
            ${this.sandbox ? this.#renderSettings('sandbox', this.sandbox, attributes) : nothing}
          </app-panel>`,
    );
  }

  #renderSettings(
    path: 'postgres' | 'sandbox',
    initial: PostgresConnection | undefined,
    attributes: Awaited<ReturnType<typeof listTokenAttributes>>,
  ) {
    return html`<app-postgres-settings
      id=${path}
      class=${this.refused(path) ? 'refused' : ''}
      .path=${path}
      .initial=${initial}
      .stored=${this.database?.[path]}
      .databaseId=${this.database?.id}
      .tokenAttributes=${attributes}
      .refused=${this.refused}
    ></app-postgres-settings>`;
  }

  /** Mostly it is the same server with another database, so what is filled in above is taken over. */
  #toggleSandbox(): void {
    this.sandbox = this.sandbox ? undefined : (this.database?.sandbox ?? this.main?.filledIn);
  }
}

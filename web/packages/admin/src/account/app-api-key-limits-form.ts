import {
  type ApiKeyLimits,
  listDashboards,
  listTokenAttributes,
  ownServer,
  type PermissionKind,
  type TokenAttribute,
  type TokenRole,
} from '@aracari/api';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { baseStyles, formStyles } from '../base-styles.js';
import { fieldText } from '../field-text.js';
import { Loading } from '../loading.js';
import { readAttributes } from '../settings/app-attribute-input.js';
import type { AppPermissionsInput } from '../settings/app-permissions-input.js';
import '../settings/app-permissions-input.js';
import { lifetimes } from '../settings/token-options.js';
import { listPermissions } from '../settings/token-request.js';
import { refuseLocally } from '../submission.js';
import type { AppDashboardChoice } from './app-dashboard-choice.js';
import './app-dashboard-choice.js';

/** The part of Create API Key that says what the tokens of the key may do at most. */
@customElement('app-api-key-limits-form')
export class AppApiKeyLimitsForm extends LitElement {
  /** Why the last value of a limit was refused. */
  @property({ attribute: false }) refused: (limit: string) => string | undefined = () => undefined;
  @query('form') private form?: HTMLFormElement;
  @query('app-permissions-input') private permissions!: AppPermissionsInput;
  @query('app-dashboard-choice') private dashboards!: AppDashboardChoice;
  @query('wa-tag-input') private origins!: HTMLElement & { value: string[] };
  readonly #choices = new Loading(this, async (signal) => ({
    dashboards: await listDashboards(ownServer, signal),
    attributes: await listTokenAttributes(),
  }));

  static override styles = [
    baseStyles,
    formStyles,
    css`
      .group {
        display: grid;
        gap: 0.75rem;
      }
    `,
  ];

  /** Undefined while there is nothing to fill in yet. */
  read(): ApiKeyLimits | undefined {
    if (!this.form) return undefined;
    const lifetime = fieldText(this.form, 'lifetime');
    return {
      permissions: listPermissions(this.permissions.read()),
      resources: this.#readResources(),
      origins: this.origins.value,
      roles: new FormData(this.form).getAll('roles') as TokenRole[],
      lifetimeMaxSeconds: lifetime ? Number(lifetime) : null,
      attributes: readAttributes(this.renderRoot, 'limits.attributes'),
    };
  }

  override focus(): void {
    this.renderRoot.querySelector<HTMLElement>('.refused')?.focus();
  }

  override render() {
    return this.#choices.render(
      ({ dashboards, attributes }) =>
        html`<form novalidate @submit=${(event: Event) => event.preventDefault()}>
          <div class="group">
            <h3>Permissions</h3>
            <app-permissions-input
              class=${this.refused('permissions') ? 'refused' : ''}
              .refused=${(kind: PermissionKind) => this.refused(`permissions.${kind}`)}
            ></app-permissions-input>
          </div>
          ${this.#renderRoles()}
          <app-dashboard-choice
            class=${this.refused('resources') ? 'refused' : ''}
            .dashboards=${dashboards}
            .refused=${this.refused('resources')}
          ></app-dashboard-choice>
          ${this.#renderOrigins()} ${this.#renderLifetime()}
          ${attributes.length > 0 ? this.#renderAttributes(attributes) : nothing}
        </form>`,
    );
  }

  #renderRoles() {
    return html`<wa-checkbox-group
      label="Roles"
      orientation="horizontal"
      hint=${this.refused('roles') ?? ''}
      class=${this.refused('roles') ? 'refused' : ''}
    >
      <wa-checkbox name="roles" value="explorer" checked>explorer</wa-checkbox>
      <wa-checkbox name="roles" value="maker">maker</wa-checkbox>
    </wa-checkbox-group>`;
  }

  #renderOrigins() {
    const refused = this.refused('origins');
    return html`<wa-tag-input
      class=${refused ? 'refused' : ''}
      label="Origins"
      delimiter=",
"
      placeholder="https://app.example.com"
      spellcheck="false"
      hint=${refused ?? 'Empty: every authorized origin.'}
    ></wa-tag-input>`;
  }

  #renderLifetime() {
    const refused = this.refused('lifetimeMaxSeconds');
    return html`<wa-select
      class=${refused ? 'refused' : ''}
      label="Longest lifetime"
      name="lifetime"
      value=""
      hint=${refused ?? ''}
    >
      <wa-option value="">The server's maximum</wa-option>
      ${lifetimes.map(({ seconds, text }) => html`<wa-option value=${seconds}>${text}</wa-option>`)}
    </wa-select>`;
  }

  #renderAttributes(attributes: TokenAttribute[]) {
    return html`<div class="group">
      <div>
        <h3>Fixed attributes</h3>
        <p class="quiet small">Every token carries exactly these. Empty: its request decides.</p>
      </div>
      <div class="pair">${attributes.map((attribute) => this.#renderAttribute(attribute))}</div>
    </div>`;
  }

  #renderAttribute(attribute: TokenAttribute) {
    const refused = this.refused(`attributes.${attribute.name}`);
    return html`<app-attribute-input
      class=${refused ? 'refused' : ''}
      .attribute=${{ ...attribute, required: false }}
      .refused=${refused}
    ></app-attribute-input>`;
  }

  #readResources(): ApiKeyLimits['resources'] {
    const dashboards = this.dashboards.read();
    if (dashboards?.length === 0)
      throw refuseLocally('limits.resources', 'Choose at least one dashboard, or all.');
    return dashboards ? { dashboards } : {};
  }
}

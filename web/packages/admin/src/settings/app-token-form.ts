import {
  type DashboardSummary,
  type GeneratedToken,
  generateToken,
  type PermissionKind,
  type TokenAttribute,
  type TokenRequest,
} from '@aracari/api';
import { css, html, LitElement } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { baseStyles, formStyles } from '../base-styles.js';
import { fieldText } from '../field-text.js';
import '../parts/app-refusal.js';
import { refuseLocally, Submission } from '../submission.js';
import { readAttributes } from './app-attribute-input.js';
import type { AppPermissionsInput } from './app-permissions-input.js';
import './app-permissions-input.js';
import { lifetimes } from './token-options.js';
import { buildTokenRequest, type TokenWishes } from './token-request.js';

export interface Generated extends GeneratedToken {
  request: TokenRequest;
}

/**
 * The form of the sandbox. It calls the same address as the customer's backend would, with the pasted API key, which
 * lives in its field only: it is never stored, logged or put into an address.
 * @fires app-generated - A token was generated; detail is `Generated`.
 */
@customElement('app-token-form')
export class AppTokenForm extends LitElement {
  @property({ attribute: false }) tokenAttributes: TokenAttribute[] = [];
  @property({ attribute: false }) dashboards: DashboardSummary[] = [];
  @state() private apiKey = '';
  @query('form') private form!: HTMLFormElement;
  @query('app-permissions-input') private permissions!: AppPermissionsInput;
  readonly #submission = new Submission(this);

  static override styles = [
    baseStyles,
    formStyles,
    css`
      .group {
        display: grid;
        gap: 0.875rem;
        padding-block-start: 1.125rem;
        border-block-start: 1px solid var(--wa-color-surface-border);
      }
      .generate {
        width: 100%;
      }
    `,
  ];

  override render() {
    return html`<form novalidate autocomplete="off" @submit=${this.#submit}>
      ${this.#renderApiKey()}
      <div class="pair">${this.#renderDistinctId()} ${this.#renderRole()}</div>
      ${this.#renderAttributes()} ${this.#renderPermissions()} ${this.#renderResources()}
      ${this.#renderLifetime()}
      <app-refusal .refusal=${this.#submission.refusal}></app-refusal>
      <wa-button class="generate" type="submit" variant="brand" ?loading=${this.#submission.busy}
        >Generate Token</wa-button
      >
    </form>`;
  }

  #renderApiKey() {
    const refused = this.#apiKeyRefused;
    const production = this.apiKey.startsWith('ara_live_');
    const hint = production
      ? 'This is a production key: its tokens show production data.'
      : 'Used for this one call, from your browser. It is not stored.';
    return html`<wa-input
      class="api-key ${refused ? 'refused' : ''}"
      label="API key"
      type="password"
      password-toggle
      autocomplete="off"
      spellcheck="false"
      placeholder="ara_sandbox_…"
      hint=${refused ?? hint}
      @input=${(event: Event) => (this.apiKey = (event.target as HTMLInputElement).value.trim())}
    ></wa-input>`;
  }

  #renderDistinctId() {
    const refused = this.#submission.at('user.distinctId');
    return html`<wa-input
      class=${refused ? 'refused' : ''}
      label="distinctId"
      name="distinctId"
      value="user-123"
      autocomplete="off"
      spellcheck="false"
      hint=${refused ?? 'The end user, as your product knows them.'}
    ></wa-input>`;
  }

  #renderRole() {
    const roles: [string, string][] = [
      ['explorer', 'explorer'],
      ['maker', 'maker'],
    ];
    return this.#renderSelect('Role', 'role', 'explorer', roles, this.#submission.at('user.role'));
  }

  #renderAttributes() {
    return html`<div class="group">
      <h3>Custom Attributes</h3>
      ${
        this.tokenAttributes.length > 0
          ? html`<div class="pair">
              ${this.tokenAttributes.map((attribute) => this.#renderAttribute(attribute))}
            </div>`
          : html`<p class="quiet small">
              No attributes are registered. Add one above under Token Attributes.
            </p>`
      }
    </div>`;
  }

  #renderAttribute(attribute: TokenAttribute) {
    const refused = this.#submission.at(`user.attributes.${attribute.name}`);
    return html`<app-attribute-input
      class=${refused ? 'refused' : ''}
      .attribute=${attribute}
      .refused=${refused}
    ></app-attribute-input>`;
  }

  #renderPermissions() {
    const submission = this.#submission;
    return html`<div class="group">
      <h3>Permissions</h3>
      <app-permissions-input
        class=${submission.at('permissions') ? 'refused' : ''}
        .refused=${(kind: PermissionKind) => submission.at(`permissions.${kind}`)}
      ></app-permissions-input>
    </div>`;
  }

  #renderResources() {
    const refused = this.#submission.at('resources');
    return html`<div class="group">
      <h3>Resources</h3>
      <wa-select
        class=${refused ? 'refused' : ''}
        label="Only these dashboards"
        name="dashboards"
        multiple
        with-clear
        placeholder="All dashboards"
        hint=${refused ?? 'Empty means all.'}
      >
        ${this.dashboards.map(({ id, name }) => html`<wa-option value=${id}>${name}</wa-option>`)}
      </wa-select>
    </div>`;
  }

  #renderLifetime() {
    const offered = lifetimes.map(({ word, text }): [string, string] => [word, text]);
    const refused = this.#submission.at('expiresIn');
    return this.#renderSelect('Lifetime', 'lifetime', '1h', offered, refused);
  }

  #renderSelect(
    label: string,
    name: string,
    value: string,
    options: [string, string][],
    refused: string | undefined,
  ) {
    return html`<wa-select
      class=${refused ? 'refused' : ''}
      label=${label}
      name=${name}
      value=${value}
      hint=${refused ?? ''}
    >
      ${options.map(([option, text]) => html`<wa-option value=${option}>${text}</wa-option>`)}
    </wa-select>`;
  }

  get #apiKeyRefused(): string | undefined {
    const refusal = this.#submission.refusal;
    const concerned = refusal?.code.startsWith('api_key_') || refusal?.code === 'scope_missing';
    return concerned ? refusal?.detail : this.#submission.at('apiKey');
  }

  async #submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const generated = await this.#submission.run(async (): Promise<Generated> => {
      // A header cannot carry anything else, and a pasted line break should not look like a broken connection.
      if (!/^[\x21-\x7e]+$/.test(this.apiKey))
        throw refuseLocally('apiKey', 'Paste an API key. It starts with ara_.');
      const request = buildTokenRequest(this.#readWishes());
      return { ...(await generateToken(this.apiKey, request)), request };
    });
    if (generated)
      this.dispatchEvent(new CustomEvent<Generated>('app-generated', { detail: generated }));
  }

  #readWishes(): TokenWishes {
    const text = (name: string) => fieldText(this.form, name).trim();
    return {
      distinctId: text('distinctId'),
      role: text('role') as TokenWishes['role'],
      attributes: readAttributes(this.form, 'user.attributes'),
      permissions: this.permissions.read(),
      dashboards: new FormData(this.form).getAll('dashboards').map(String),
      lifetime: text('lifetime'),
    };
  }
}

import type { AttributeValue, Claims } from '@aracari/api';
import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { baseStyles } from '../base-styles.js';
import '../parts/app-environment.js';
import { formatMoment } from '../time.js';

/** The claims of a token as a list that people can read. */
@customElement('app-token-claims')
export class AppTokenClaims extends LitElement {
  @property({ attribute: false }) claims!: Claims;
  /** Which key minted it, when known by name; otherwise the key's id is shown. */
  @property() mintedBy = '';

  static override styles = [
    baseStyles,
    css`
      dl {
        display: grid;
        grid-template-columns: minmax(6.5rem, max-content) minmax(0, 1fr);
        font-size: var(--wa-font-size-s);
      }
      dt,
      dd {
        padding-block: 0.4rem;
        border-block-end: 1px solid var(--wa-color-surface-border);
      }
      dt {
        padding-inline-end: 1.5rem;
        color: var(--wa-color-text-quiet);
      }
      dt:last-of-type,
      dd:last-of-type {
        border: 0;
      }
      dd {
        overflow-wrap: anywhere;
      }
      .line {
        display: flex;
        flex-wrap: wrap;
        gap: 0.25rem 0.4rem;
        align-items: baseline;
      }
      .line + .line {
        margin-block-start: 0.3rem;
      }
      .value {
        padding: 0.05rem 0.4rem;
        border-radius: var(--wa-border-radius-s);
        background: var(--wa-color-neutral-fill-quiet);
        font-family: var(--wa-font-family-code);
        font-size: 0.8125rem;
      }
    `,
  ];

  override render() {
    const { sub, role, env, attributes, permissions, resources, origins, iat, exp, akid, jti } =
      this.claims;
    return html`<dl>
      ${renderItem('distinctId', renderValue(sub))} ${renderItem('Role', role)}
      ${renderItem('Custom attributes', renderAttributes(attributes ?? {}))}
      ${renderItem('Permissions', renderNamed(permissions ?? {}))}
      ${renderItem('Resources', renderResources({ ...resources }))}
      ${renderItem('Origins', origins?.length ? renderValue(origins) : 'Every authorized origin')}
      ${renderItem('Environment', html`<app-environment environment=${env}></app-environment>`)}
      ${renderItem('Issued', formatMoment(iat * 1000))}
      ${renderItem('Expires', formatMoment(exp * 1000))}
      ${renderItem('Minted by', this.mintedBy || renderValue(akid))}
      ${renderItem('Token id', renderValue(jti))}
    </dl>`;
  }
}

function renderItem(term: string, content: unknown): TemplateResult {
  return html`<dt>${term}</dt>
    <dd>${content}</dd>`;
}

function renderAttributes(attributes: Record<string, AttributeValue>): unknown {
  return Object.keys(attributes).length > 0 ? renderNamed(attributes) : 'None';
}

/** A kind that is not named is not narrowed; a kind with an empty list reaches nothing. */
function renderResources(resources: Record<string, string[]>): unknown {
  const kinds = Object.entries(resources);
  if (kinds.length === 0) return 'All that the permissions allow';
  return kinds.map(
    ([kind, ids]) =>
      html`<div class="line">
        <span>${kind}</span>${ids.length > 0 ? renderValue(ids) : 'none'}
      </div>`,
  );
}

function renderNamed(named: Record<string, AttributeValue>): unknown {
  const entries = Object.entries(named).filter(
    ([, value]) => !Array.isArray(value) || value.length > 0,
  );
  if (entries.length === 0) return 'None';
  return entries.map(
    ([name, value]) => html`<div class="line"><span>${name}</span>${renderValue(value)}</div>`,
  );
}

function renderValue(value: AttributeValue): unknown {
  const values = Array.isArray(value) ? value : [value];
  return values.map((one) => html`<span class="value">${String(one)}</span> `);
}

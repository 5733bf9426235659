import type { AttributeValue, Claims } from '@aracari/api';
import { html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { baseStyles } from '../base-styles.js';
import { definitionStyles, renderItem } from '../definition-list.js';
import '../parts/app-environment.js';
import { formatMoment } from '../time.js';

/** The claims of a token as a list that people can read. */
@customElement('app-token-claims')
export class AppTokenClaims extends LitElement {
  @property({ attribute: false }) claims!: Claims;

  static override styles = [baseStyles, definitionStyles];

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
      ${renderItem('API key id', renderValue(akid))} ${renderItem('Token id', renderValue(jti))}
    </dl>`;
  }
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

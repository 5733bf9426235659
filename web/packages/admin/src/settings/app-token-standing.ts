import type { Introspection, MintingKey, Reach, Revocation } from '@aracari/api';
import { html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { statusBadges as apiKeyBadges, tokenForms } from '../account/api-key-options.js';
import { baseStyles } from '../base-styles.js';
import { definitionStyles, renderItem } from '../definition-list.js';
import '../parts/app-badge.js';
import { kindNames } from '../revocations/revocation-words.js';
import { statusBadges as signingKeyBadges } from '../signing-keys/status-badges.js';
import { formatDistance, formatMoment } from '../time.js';

/** What a token rests on, and what it reaches: all that the server knows beyond its claims. */
@customElement('app-token-standing')
export class AppTokenStanding extends LitElement {
  @property({ attribute: false }) introspection!: Introspection;

  static override styles = [baseStyles, definitionStyles];

  override render() {
    const { form, apiKey, signingKey, revocations, reaches } = this.introspection;
    return html`<dl>
      ${form ? renderItem('Form', tokenForms[form].name) : nothing}
      ${apiKey ? renderItem('Minted by', renderKey(apiKey)) : nothing}
      ${signingKey ? renderItem('Signing key', renderSigningKey(signingKey)) : nothing}
      ${renderItem('Revocations', revocations.length > 0 ? revocations.map(renderRevocation) : 'None')}
      ${reaches ? renderReach(reaches) : nothing}
    </dl>`;
  }
}

function renderKey({ name, lastFour, status, parentName }: MintingKey) {
  const { text, variant } = apiKeyBadges[status];
  return html`<div class="line">
    <span>${name} (…${lastFour})${parentName ? `, a child of ${parentName}` : ''}</span>
    <app-badge variant=${variant}>${text}</app-badge>
  </div>`;
}

function renderSigningKey({ id, status }: NonNullable<Introspection['signingKey']>) {
  const { text, variant } = signingKeyBadges[status];
  return html`<div class="line">
    <span class="value">${id}</span><app-badge variant=${variant}>${text}</app-badge>
  </div>`;
}

function renderRevocation({ kind, subject, subjectName, by, revokedAt, reason }: Revocation) {
  const name = subjectName ?? subject;
  return html`<div>
    ${kindNames[kind]}${name ? ` “${name}”` : ''}, by ${by},
    <time datetime=${revokedAt} title=${formatMoment(revokedAt)}>${formatDistance(revokedAt)}</time
    >${reason ? `: ${reason}` : ''}
  </div>`;
}

function renderReach({ dashboards, charts, origins }: Reach) {
  const list = (names: string[]) => names.join(', ') || 'None';
  return html`${renderItem('Reaches dashboards', list(dashboards.map(({ name }) => name)))}
  ${renderItem('Reaches charts', list(charts.map(({ name }) => name)))}
  ${renderItem('Renders on', origins.length > 0 ? origins.map((origin) => html`<span class="value">${origin}</span> `) : 'No origin')}`;
}

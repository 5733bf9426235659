import { listDashboards, listRevocations, ownServer, type Revocation } from '@aracari/api';
import { css, html, LitElement, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { baseStyles } from '../base-styles.js';
import { Loading } from '../loading.js';
import '../parts/app-empty-state.js';
import '../parts/app-panel.js';
import './app-revocation-form.js';
import './app-revocation-table.js';

/** Settings → Revocations: the tokens that no longer work, although they have not expired. */
@customElement('app-revocations')
export class AppRevocations extends LitElement {
  readonly #revocations = new Loading(this, listRevocations);
  readonly #dashboards = new Loading(this, (signal) => listDashboards(ownServer, signal));

  static override styles = [
    baseStyles,
    css`
      .total {
        margin-block-start: 0.75rem;
      }
    `,
  ];

  override render() {
    return html`<app-panel heading="Revocations">
      <span slot="description">
        Tokens that are dead before they expire. An entry goes when the last token that it concerns
        would have expired anyway. To revoke a single token, paste it into
        <a href="/settings/embed#token-introspection">Token Introspection</a>.
      </span>
      ${this.#revocations.render(({ revocations, total }) =>
        total > 0 ? this.#renderList(revocations, total) : this.#renderEmpty(),
      )}
      <app-revocation-form
        .dashboards=${this.#dashboards.value ?? []}
        @app-revoked=${() => this.#revocations.reload()}
      ></app-revocation-form>
    </app-panel>`;
  }

  #renderList(revocations: Revocation[], total: number) {
    return html`<app-revocation-table .revocations=${revocations}></app-revocation-table>
      <p class="quiet small total">
        ${total === 1 ? '1 revocation' : `${total} revocations`}${total > revocations.length ? `, of which the newest ${revocations.length} are shown` : nothing}
      </p>`;
  }

  #renderEmpty() {
    return html`<app-empty-state icon="token" heading="Nothing is revoked">
      Every token works until it expires. Revoke here when an end user leaves, or when a token may
      have got into the wrong hands.
    </app-empty-state>`;
  }
}

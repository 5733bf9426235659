import {
  addAuthorizedOrigin,
  type AuthorizedOrigin,
  type Environment,
  listAuthorizedOrigins,
  removeAuthorizedOrigin,
} from '@aracari/api';
import { html, LitElement } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { baseStyles, formStyles } from '../base-styles.js';
import { fieldText } from '../field-text.js';
import { Loading } from '../loading.js';
import '../parts/app-confirm.js';
import '../parts/app-empty-state.js';
import '../parts/app-environment.js';
import '../parts/app-panel.js';
import '../parts/app-refusal.js';
import { refuseLocally, Submission } from '../submission.js';
import { tableStyles } from '../table-styles.js';
import { formatDay } from '../time.js';
import { addRowStyles } from './add-row-styles.js';
import './app-origin-check.js';

/** Section Authorized Origins: the web origins on which embeds may render. */
@customElement('app-authorized-origins')
export class AppAuthorizedOrigins extends LitElement {
  @state() private removing?: AuthorizedOrigin;
  readonly #origins = new Loading(this, listAuthorizedOrigins);
  readonly #adding = new Submission(this);

  static override styles = [baseStyles, formStyles, tableStyles, addRowStyles];

  override render() {
    return html`<app-panel heading="Authorized Origins">
        <span slot="description">
          The sites on which dashboards may be shown. Sandbox tokens also work on
          <code>http://localhost:*</code> without an entry here.
        </span>
        ${this.#origins.render((list) => (list.length > 0 ? this.#renderTable(list) : this.#renderEmpty()))}
        ${this.#renderAdd()}
        <app-origin-check></app-origin-check>
      </app-panel>
      ${this.#renderRemoval()}`;
  }

  #renderTable(list: AuthorizedOrigin[]) {
    return html`<table role="table">
      <thead role="rowgroup">
        <tr role="row">
          ${['Origin', 'Environment', 'Added'].map(
            (column) => html`<th role="columnheader" scope="col">${column}</th>`,
          )}
          <th role="columnheader" scope="col"><span class="hidden-text">Actions</span></th>
        </tr>
      </thead>
      <tbody role="rowgroup">
        ${list.map((entry) => this.#renderRow(entry))}
      </tbody>
    </table>`;
  }

  #renderRow(entry: AuthorizedOrigin) {
    return html`<tr role="row">
      <td role="cell" class="name"><code>${entry.origin}</code></td>
      <td role="cell" data-label="Environment">
        <app-environment environment=${entry.environment}></app-environment>
      </td>
      <td role="cell" data-label="Added">
        <time datetime=${entry.createdAt}>${formatDay(entry.createdAt)}</time>
      </td>
      <td role="cell" class="act">
        <wa-button
          size="s"
          appearance="outlined"
          title="Remove ${entry.origin}"
          @click=${() => (this.removing = entry)}
          >Remove</wa-button
        >
      </td>
    </tr>`;
  }

  #renderEmpty() {
    return html`<app-empty-state icon="globe" heading="No authorized origins yet">
      Add the origin of the page that will show your dashboards, such as
      <code>https://app.example.com</code>. Until then only sandbox tokens work, on localhost.
    </app-empty-state>`;
  }

  #renderAdd() {
    const refused = this.#adding.at('origin');
    return html`<form class="add" novalidate @submit=${this.#add}>
      <div class="row">
        <wa-input
          class="wide ${refused ? 'refused' : ''}"
          label="Origin"
          name="origin"
          inputmode="url"
          autocomplete="off"
          spellcheck="false"
          placeholder="https://app.example.com"
          hint=${refused ?? 'https://*.example.com allows one label in place of the star.'}
        ></wa-input>
        <wa-select label="Environment" name="environment" value="production">
          <wa-option value="production">Production</wa-option>
          <wa-option value="sandbox">Sandbox</wa-option>
        </wa-select>
        <wa-button type="submit" appearance="outlined" ?loading=${this.#adding.busy}>
          <wa-icon slot="start" name="plus"></wa-icon>Add origin
        </wa-button>
      </div>
      <app-refusal .refusal=${this.#adding.refusal}></app-refusal>
    </form>`;
  }

  #renderRemoval() {
    const entry = this.removing;
    return html`<app-confirm
      heading="Remove this origin?"
      verb="Remove origin"
      ?open=${Boolean(entry)}
      .deed=${async () => entry && removeAuthorizedOrigin(entry.id)}
      @app-closed=${this.#removalClosed}
    >
      <p>
        <code>${entry?.origin}</code> can no longer show dashboards with ${entry?.environment}
        tokens.
      </p>
    </app-confirm>`;
  }

  async #add(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const added = await this.#adding.run(async () => {
      const origin = fieldText(form, 'origin').trim();
      if (!origin)
        throw refuseLocally('origin', 'Enter an origin, such as https://app.example.com.');
      return addAuthorizedOrigin(origin, fieldText(form, 'environment') as Environment);
    });
    if (!added) return;
    form.reset();
    await this.#origins.reload();
  }

  #removalClosed(): void {
    this.removing = undefined;
    void this.#origins.reload();
  }
}

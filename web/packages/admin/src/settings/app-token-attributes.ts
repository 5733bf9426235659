import {
  addTokenAttribute,
  type ColumnType,
  listTokenAttributes,
  removeTokenAttribute,
  type TokenAttribute,
} from '@aracari/api';
import { css, html, LitElement } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { baseStyles, formStyles } from '../base-styles.js';
import { fieldText } from '../field-text.js';
import { Loading } from '../loading.js';
import '../parts/app-confirm.js';
import '../parts/app-empty-state.js';
import '../parts/app-panel.js';
import '../parts/app-refusal.js';
import { refuseLocally, Submission } from '../submission.js';
import { tableStyles } from '../table-styles.js';
import { addRowStyles } from './add-row-styles.js';
import { attributeTypes, nameOfType } from './attribute-types.js';

/**
 * Section Token Attributes: the facts about an end user that tokens may carry and access rules may use.
 * @fires app-attributes - The list was loaded; it is the event's detail.
 */
@customElement('app-token-attributes')
export class AppTokenAttributes extends LitElement {
  @state() private removing?: TokenAttribute;
  readonly #attributes = new Loading(this, () => this.#load());
  readonly #adding = new Submission(this);

  static override styles = [
    baseStyles,
    formStyles,
    tableStyles,
    addRowStyles,
    css`
      td.name {
        font-family: var(--wa-font-family-code);
        font-size: 0.8125rem;
      }
    `,
  ];

  override render() {
    return html`<app-panel heading="Token Attributes">
        <span slot="description">
          Facts about an end user, such as a country or a customer id. A token may carry only what
          is registered here, and access rules decide by it which rows the user sees.
        </span>
        ${this.#attributes.render((list) => (list.length > 0 ? this.#renderTable(list) : this.#renderEmpty()))}
        ${this.#renderAdd()}
      </app-panel>
      ${this.#renderRemoval()}`;
  }

  #renderTable(list: TokenAttribute[]) {
    return html`<table role="table">
      <thead role="rowgroup">
        <tr role="row">
          ${['Name', 'Type', 'List', 'Required'].map(
            (column) => html`<th role="columnheader" scope="col">${column}</th>`,
          )}
          <th role="columnheader" scope="col"><span class="hidden-text">Actions</span></th>
        </tr>
      </thead>
      <tbody role="rowgroup">
        ${list.map((attribute) => this.#renderRow(attribute))}
      </tbody>
    </table>`;
  }

  #renderRow(attribute: TokenAttribute) {
    return html`<tr role="row">
      <td role="cell" class="name">${attribute.name}</td>
      <td role="cell" data-label="Type">${nameOfType(attribute.type)}</td>
      <td role="cell" class=${attribute.list ? '' : 'no'} data-label="List">
        ${attribute.list ? 'Yes' : 'No'}
      </td>
      <td role="cell" class=${attribute.required ? '' : 'no'} data-label="Required">
        ${attribute.required ? 'Yes' : 'No'}
      </td>
      <td role="cell" class="act">
        <wa-button
          size="s"
          appearance="outlined"
          title="Remove ${attribute.name}"
          @click=${() => (this.removing = attribute)}
          >Remove</wa-button
        >
      </td>
    </tr>`;
  }

  #renderEmpty() {
    return html`<app-empty-state icon="tag" heading="No token attributes yet">
      Register the first one, for example <code>country</code> as a String. It then appears in the
      sandbox below and in access rules.
    </app-empty-state>`;
  }

  #renderAdd() {
    const refused = this.#adding.at('name');
    return html`<form class="add" novalidate @submit=${this.#add}>
      <div class="row">
        <wa-input
          class="wide ${refused ? 'refused' : ''}"
          label="Name"
          name="name"
          autocomplete="off"
          autocapitalize="off"
          spellcheck="false"
          placeholder="country"
          hint=${refused ?? ''}
        ></wa-input>
        <wa-select label="Type" name="type" value="string">
          ${attributeTypes.map(([value, text]) => html`<wa-option value=${value}>${text}</wa-option>`)}
        </wa-select>
        <div class="checks">
          <wa-checkbox name="list">List</wa-checkbox>
          <wa-checkbox name="required">Required</wa-checkbox>
        </div>
        <wa-button type="submit" appearance="outlined" ?loading=${this.#adding.busy}>
          <wa-icon slot="start" name="plus"></wa-icon>Add attribute
        </wa-button>
      </div>
      <app-refusal .refusal=${this.#adding.refusal}></app-refusal>
    </form>`;
  }

  #renderRemoval() {
    const attribute = this.removing;
    return html`<app-confirm
      heading="Remove this attribute?"
      verb="Remove attribute"
      ?open=${Boolean(attribute)}
      .deed=${async () => attribute && removeTokenAttribute(attribute.id)}
      @app-closed=${this.#removalClosed}
    >
      <p>
        Tokens can no longer be generated with <code>${attribute?.name}</code>, and access rules
        that use it let no rows through.
      </p>
    </app-confirm>`;
  }

  async #load(): Promise<TokenAttribute[]> {
    const list = await listTokenAttributes();
    this.dispatchEvent(new CustomEvent('app-attributes', { detail: list }));
    return list;
  }

  async #add(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const added = await this.#adding.run(async () => {
      const name = fieldText(form, 'name').trim();
      if (!name) throw refuseLocally('name', 'Enter a name, such as country.');
      const checked = new FormData(form);
      const type = fieldText(form, 'type') as ColumnType;
      return addTokenAttribute({
        name,
        type,
        list: checked.has('list'),
        required: checked.has('required'),
      });
    });
    if (!added) return;
    form.reset();
    await this.#attributes.reload();
  }

  #removalClosed(): void {
    this.removing = undefined;
    void this.#attributes.reload();
  }
}

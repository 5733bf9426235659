import type {
  ColumnAccess,
  ColumnException,
  TableColumn,
  TableProblem,
  TokenAttribute,
  UserTree,
} from '@aracari/api';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { baseStyles, formStyles } from '../base-styles.js';
import { nameOfType } from '../settings/attribute-types.js';
import './app-user-tree.js';
import { newUserCondition } from './new-rule.js';
import { readColumn } from './rule-sentence.js';

const choices: [ColumnAccess, string][] = [
  ['visible', 'Visible'],
  ['hidden', 'Hidden'],
  ['masked', 'Masked'],
];

/**
 * Who sees one column: for everybody, and with exceptions by role or attribute.
 * @fires app-changed - Detail is the column.
 */
@customElement('app-column-access')
export class AppColumnAccess extends LitElement {
  @property({ attribute: false }) column!: TableColumn;
  @property({ attribute: false }) tokenAttributes: TokenAttribute[] = [];
  @property({ attribute: false }) path = '';
  @property({ attribute: false }) problems: TableProblem[] = [];

  static override styles = [
    baseStyles,
    formStyles,
    css`
      .column {
        display: grid;
        gap: 0.625rem;
        padding-block: 0.625rem;
        border-block-end: 1px solid var(--wa-color-surface-border);
      }
      .line {
        display: flex;
        flex-wrap: wrap;
        gap: 0.5rem 0.75rem;
        align-items: center;
      }
      .name {
        flex: 1 1 12rem;
        overflow-wrap: anywhere;
      }
      .name code {
        font-weight: 600;
      }
      wa-select {
        flex: 0 1 9rem;
      }
      wa-select::part(form-control-label) {
        position: absolute;
        clip-path: inset(50%);
      }
      .exception {
        display: grid;
        gap: 0.5rem;
        margin-inline-start: 1rem;
        padding-inline-start: 0.875rem;
        border-inline-start: 3px solid var(--wa-color-brand-border-normal);
      }
      .exception .line > span {
        font-size: var(--wa-font-size-s);
      }
    `,
  ];

  override render() {
    const { column } = this;
    const { exceptions = [] } = column;
    if (column.gone)
      return html`<div class="column">
        <span
          ><code>${column.name}</code>
          <span class="quiet small">is gone from the database</span></span
        >
      </div>`;
    return html`<div class="column" role="group" aria-label="Column ${column.name}">
      <div class="line">
        <span class="name"
          ><code>${column.name}</code>
          <span class="quiet small">${nameOfType(column.type)}</span></span
        >
        ${this.#renderChoice(`Access of ${column.name}`, column.access, (access) => this.#tell({ ...column, access }))}
        <wa-button size="s" appearance="plain" @click=${this.#add}>
          <wa-icon slot="start" name="plus"></wa-icon>Exception<span class="hidden-text">
            for ${column.name}</span
          >
        </wa-button>
      </div>
      ${exceptions.map((exception, index) => this.#renderException(exception, index))}
      ${
        exceptions.length > 0
          ? html`<p class="small quiet">
              ${readColumn(column.access, exceptions, (name) => this.tokenAttributes.find((each) => each.name === name)?.type)}
            </p>`
          : nothing
      }
    </div>`;
  }

  #renderException(exception: ColumnException, index: number) {
    const change = (next: ColumnException) => this.#replace(index, [next]);
    return html`<div class="exception">
      <div class="line">
        ${this.#renderChoice(`Exception ${index + 1} of ${this.column.name}`, exception.access, (access) => change({ ...exception, access }))}
        <span>if the user</span>
        <wa-button size="s" appearance="plain" @click=${() => this.#replace(index, [])}
          >Remove exception</wa-button
        >
      </div>
      <app-user-tree
        .tree=${exception.if}
        .tokenAttributes=${this.tokenAttributes}
        .path="${this.path}.exceptions[${index}].if"
        .problems=${this.problems}
        @app-changed=${(event: CustomEvent<UserTree>) => change({ ...exception, if: event.detail })}
      ></app-user-tree>
    </div>`;
  }

  #renderChoice(label: string, access: ColumnAccess, change: (access: ColumnAccess) => void) {
    return html`<wa-select
      size="s"
      label=${label}
      .value=${access}
      @change=${(event: Event) => change((event.target as HTMLInputElement).value as ColumnAccess)}
    >
      ${choices.map(([value, text]) => html`<wa-option value=${value}>${text}</wa-option>`)}
    </wa-select>`;
  }

  #add(): void {
    const access = this.column.access === 'visible' ? 'hidden' : 'visible';
    const added: ColumnException = { if: { and: [newUserCondition()] }, access };
    this.#tell({ ...this.column, exceptions: [...(this.column.exceptions ?? []), added] });
  }

  #replace(index: number, next: ColumnException[]): void {
    const { exceptions = [], ...rest } = this.column;
    const left = [...exceptions.slice(0, index), ...next, ...exceptions.slice(index + 1)];
    this.#tell(left.length > 0 ? { ...this.column, exceptions: left } : rest);
  }

  #tell(column: TableColumn): void {
    this.dispatchEvent(new CustomEvent('app-changed', { detail: column }));
  }
}

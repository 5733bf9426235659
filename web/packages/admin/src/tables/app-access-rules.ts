import type {
  AccessRule,
  TableAccess,
  TableColumn,
  TableDefinition,
  TableProblem,
  TokenAttribute,
} from '@aracari/api';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { baseStyles, formStyles } from '../base-styles.js';
import '../parts/app-confirm.js';
import '../parts/app-empty-state.js';
import '../parts/app-panel.js';
import '../rules/app-column-access.js';
import '../rules/app-rule-editor.js';
import { newRule } from '../rules/new-rule.js';
import { problemAt } from '../rules/problems-at.js';
import { readTogether } from '../rules/rule-sentence.js';

const accesses: [TableAccess, string, string][] = [
  ['hidden', 'Hidden', 'For tokens the table does not exist: charts on it are refused.'],
  ['shared', 'Shared', 'Everyone with a token sees all rows.'],
  [
    'restricted',
    'Restricted (RLS enabled)',
    'Access rules decide which rows a token sees. Where none applies, it sees none.',
  ],
];

/**
 * Tab Access rules of a table: who sees it at all, which rows, and which columns.
 * @fires app-changed - Detail is what has changed of the draft.
 */
@customElement('app-access-rules')
export class AppAccessRules extends LitElement {
  @property({ attribute: false }) draft!: TableDefinition;
  @property({ attribute: false }) tokenAttributes: TokenAttribute[] = [];
  @property({ attribute: false }) problems: TableProblem[] = [];
  @state() private sharing = false;

  static override styles = [
    baseStyles,
    formStyles,
    css`
      :host,
      .rules {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 1.25rem;
      }
      .and {
        display: flex;
        align-items: center;
        gap: 0.75rem;
        color: var(--wa-color-text-quiet);
        font-size: 0.75rem;
        font-weight: 600;
      }
      .and::before,
      .and::after {
        content: '';
        flex: 1;
        border-block-start: 1px solid var(--wa-color-surface-border);
      }
      wa-radio::part(label) {
        display: block;
      }
      .meaning {
        display: block;
        color: var(--wa-color-text-quiet);
        font-size: var(--wa-font-size-s);
      }
      .rules > .small {
        margin-block-end: -0.25rem;
      }
    `,
  ];

  override render() {
    return html`${this.#renderAccess()} ${this.#renderRules()} ${this.#renderColumns()}
      <app-confirm
        heading="Share all rows?"
        verb="Share all rows"
        ?open=${this.sharing}
        .deed=${async () => this.#tell({ access: 'shared' })}
        @app-closed=${this.#sharingClosed}
      >
        <p>
          Everyone with a token sees all rows of this table, once you save. Its access rules no
          longer apply.
        </p>
      </app-confirm>`;
  }

  #renderAccess() {
    const refused = problemAt(this.problems, 'access');
    return html`<app-panel heading="Access">
      <span slot="description">
        What the holders of tokens and signed-in explorers see. Admins and makers, who write the
        rules, always see all rows.
      </span>
      <wa-radio-group
        label="Who sees this table"
        .value=${this.draft.access}
        hint=${refused ?? ''}
        @change=${this.#choose}
      >
        ${accesses.map(
          ([access, name, meaning]) =>
            html`<wa-radio value=${access}
              >${name}<span class="meaning">${meaning}</span></wa-radio
            >`,
        )}
      </wa-radio-group>
    </app-panel>`;
  }

  #renderRules() {
    const { rules, access } = this.draft;
    return html`<app-panel heading="Rules for rows">
      <span slot="description">
        Rules whose <em>if</em> holds are joined by AND: another rule that applies can only narrow.
        OR exists within a rule only. An attribute that a token lacks refuses its query.
      </span>
      ${
        rules.length > 0
          ? html`<wa-button slot="action" appearance="outlined" @click=${this.#add}>
              <wa-icon slot="start" name="plus"></wa-icon>Add rule
            </wa-button>`
          : nothing
      }
      ${
        access === 'restricted' || rules.length === 0
          ? nothing
          : html`<p class="small quiet">These rules do not apply while the table is ${access}.</p>`
      }
      ${rules.length > 0 ? this.#renderList(rules) : this.#renderEmpty()}
    </app-panel>`;
  }

  #renderList(rules: AccessRule[]) {
    return html`<div class="rules">
      <p class="small">${readTogether(rules)}</p>
      ${rules.map((rule, index) => [
        index > 0 ? html`<div class="and">AND, where both apply</div>` : nothing,
        html`<app-rule-editor
          .rule=${rule}
          .columns=${this.draft.columns}
          .tokenAttributes=${this.tokenAttributes}
          .path="rules[${index}]"
          .problems=${this.problems}
          @app-changed=${(event: CustomEvent<AccessRule>) => this.#replace(index, [event.detail])}
          @app-removed=${() => this.#replace(index, [])}
        ></app-rule-editor>`,
      ])}
    </div>`;
  }

  #renderEmpty() {
    return html`<app-empty-state icon="shield" heading="No access rules yet">
      ${
        this.draft.access === 'restricted'
          ? 'Without a rule nobody with a token sees a row of this table.'
          : 'A rule compares a column with an attribute of the token, such as the customer’s state. Adding one restricts the table.'
      }
      <wa-button slot="action" appearance="outlined" @click=${this.#add}>
        <wa-icon slot="start" name="plus"></wa-icon>Add rule
      </wa-button>
    </app-empty-state>`;
  }

  #renderColumns() {
    return html`<app-panel heading="Columns">
      <span slot="description">
        A hidden column does not exist for a token. Of a masked one it sees ••••• in place of texts
        and nothing in place of other values. Of several exceptions the first that applies decides.
      </span>
      ${this.draft.columns.map(
        (column, index) =>
          html`<app-column-access
            .column=${column}
            .tokenAttributes=${this.tokenAttributes}
            .path="columns[${index}]"
            .problems=${this.problems}
            @app-changed=${(event: CustomEvent<TableColumn>) => this.#changeColumn(index, event.detail)}
          ></app-column-access>`,
      )}
    </app-panel>`;
  }

  #choose(event: Event): void {
    const access = (event.target as HTMLInputElement).value as TableAccess;
    if (access === 'shared' && this.draft.access !== 'shared') this.sharing = true;
    else this.#tell({ access });
  }

  /** The choice shown goes back to what holds, whether or not it was confirmed. */
  #sharingClosed(): void {
    this.sharing = false;
    const group = this.renderRoot.querySelector<HTMLElement & { value: string }>('wa-radio-group');
    if (group) group.value = this.draft.access;
  }

  #add(): void {
    const { rules, columns, access } = this.draft;
    const added = newRule(columns, this.tokenAttributes, rules.length + 1);
    // Who writes the first rule wants it to decide; on a table that is not restricted it would say nothing.
    const first = rules.length === 0 && access !== 'restricted';
    this.#tell({ rules: [...rules, added], ...(first ? { access: 'restricted' } : {}) });
  }

  #replace(index: number, next: AccessRule[]): void {
    const { rules } = this.draft;
    this.#tell({ rules: [...rules.slice(0, index), ...next, ...rules.slice(index + 1)] });
  }

  #changeColumn(index: number, column: TableColumn): void {
    const columns = this.draft.columns.map((each, at) => (at === index ? column : each));
    this.#tell({ columns });
  }

  #tell(changed: Partial<TableDefinition>): void {
    this.dispatchEvent(new CustomEvent('app-changed', { detail: changed }));
  }
}

import type {
  AccessRule,
  Condition,
  RowTree,
  TableColumn,
  TableProblem,
  TokenAttribute,
  UserTree,
} from '@aracari/api';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { baseStyles, formStyles } from '../base-styles.js';
import './app-row-condition.js';
import './app-rule-group.js';
import type { RenderLeaf } from './app-rule-group.js';
import './app-user-tree.js';
import { newCondition, newUserCondition } from './new-rule.js';
import { problemAt } from './problems-at.js';
import { readRule } from './rule-sentence.js';
import { asGroup } from './rule-tree.js';

/**
 * One access rule: its name, whom it applies to, which rows it lets through, and a sentence that reads it out.
 * @fires app-changed - Detail is the rule.
 * @fires app-removed - The rule is not wanted.
 */
@customElement('app-rule-editor')
export class AppRuleEditor extends LitElement {
  @property({ attribute: false }) rule!: AccessRule;
  @property({ attribute: false }) columns: TableColumn[] = [];
  @property({ attribute: false }) tokenAttributes: TokenAttribute[] = [];
  @property({ attribute: false }) path = '';
  @property({ attribute: false }) problems: TableProblem[] = [];

  static override styles = [
    baseStyles,
    formStyles,
    css`
      .rule {
        display: grid;
        gap: 0.875rem;
        padding: 1rem;
        border: 1px solid var(--wa-color-surface-border);
        border-radius: var(--wa-border-radius-m);
      }
      .head {
        display: flex;
        gap: 0.75rem;
        align-items: flex-start;
      }
      .head wa-input {
        flex: 1 1 auto;
        max-width: 32rem;
        min-width: 0;
      }
      .head wa-button {
        margin-inline-start: auto;
      }
      wa-input::part(form-control-label) {
        position: absolute;
        clip-path: inset(50%);
      }
      h4 {
        margin: 0 0 0.4rem;
        font-size: var(--wa-font-size-s);
        font-weight: 600;
      }
      .line {
        display: flex;
        flex-wrap: wrap;
        gap: 0.25rem 0.75rem;
        align-items: center;
      }
      .line h4 {
        margin: 0;
      }
      .sentence {
        padding: 0.625rem 0.875rem;
        border-radius: var(--wa-border-radius-m);
        background: var(--wa-color-brand-fill-quiet);
        color: var(--wa-color-brand-on-quiet);
        font-size: var(--wa-font-size-s);
        overflow-wrap: anywhere;
      }
    `,
  ];

  override render() {
    const { rule, path } = this;
    const named = problemAt(this.problems, `${path}.name`);
    return html`<div class="rule" role="group" aria-label="Rule ${rule.name}">
      <div class="head">
        <wa-input
          class=${named ? 'refused' : ''}
          label="Rule name"
          size="s"
          maxlength="200"
          autocomplete="off"
          .value=${rule.name}
          hint=${named ?? ''}
          @change=${(event: Event) => this.#tell({ ...rule, name: (event.target as HTMLInputElement).value ?? '' })}
        ></wa-input>
        <wa-button
          size="s"
          appearance="outlined"
          @click=${() => this.dispatchEvent(new Event('app-removed'))}
          >Remove<span class="hidden-text"> rule ${rule.name}</span></wa-button
        >
      </div>
      ${this.#renderIf()} ${this.#renderThen()}
      <p class="sentence" role="note" aria-label="In words">${this.#sentence}</p>
    </div>`;
  }

  #renderIf() {
    const { rule, path } = this;
    if (!rule.if)
      return html`<div class="line">
        <h4>If</h4>
        <span class="quiet small">Applies to everyone.</span>
        <wa-button
          size="s"
          appearance="plain"
          @click=${() => this.#tell(withUser(rule, { and: [newUserCondition()] }))}
          >Only for some users…</wa-button
        >
      </div>`;
    return html`<div>
      <div class="line">
        <h4>If the user</h4>
        <wa-button size="s" appearance="plain" @click=${() => this.#tell(withUser(rule, undefined))}
          >Apply to everyone</wa-button
        >
      </div>
      <app-user-tree
        .tree=${rule.if}
        .tokenAttributes=${this.tokenAttributes}
        .path="${path}.if"
        .problems=${this.problems}
        @app-changed=${(event: CustomEvent<UserTree>) => this.#tell(withUser(rule, event.detail))}
      ></app-user-tree>
    </div>`;
  }

  #renderThen() {
    const { rule, columns, tokenAttributes: attributes } = this;
    const renderLeaf: RenderLeaf = (leaf: Condition, path, change, remove) =>
      html`<app-row-condition
        .condition=${leaf}
        .columns=${columns}
        .tokenAttributes=${attributes}
        .path=${path}
        .problems=${this.problems}
        ?removable=${Boolean(remove)}
        @app-changed=${(event: CustomEvent<Condition>) => change(event.detail)}
        @app-removed=${() => remove?.()}
      ></app-row-condition>`;
    const misplaced = problemAt(this.problems, `${this.path}.rows`);
    return html`<div>
      <h4>Then show rows where</h4>
      ${misplaced ? html`<p class="small" role="alert">${misplaced}</p>` : nothing}
      <app-rule-group
        about="rows"
        .group=${asGroup(rule.rows)}
        .path="${this.path}.rows"
        .problems=${this.problems}
        .renderLeaf=${renderLeaf}
        .newLeaf=${() => newCondition(columns, attributes)}
        @app-changed=${(event: CustomEvent<RowTree>) => this.#tell({ ...rule, rows: event.detail })}
      ></app-rule-group>
    </div>`;
  }

  get #sentence(): string {
    return readRule(
      this.rule,
      (name) => this.columns.find((column) => column.name === name)?.type,
      (name) => this.tokenAttributes.find((attribute) => attribute.name === name)?.type,
    );
  }

  #tell(rule: AccessRule): void {
    this.dispatchEvent(new CustomEvent('app-changed', { detail: rule }));
  }
}

/** Members in the order in which the server gives them, so that a change back is no change. */
function withUser({ if: _, rows, ...rest }: AccessRule, tree: UserTree | undefined): AccessRule {
  return tree ? { ...rest, if: tree, rows } : { ...rest, rows };
}

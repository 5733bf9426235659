import type {
  Condition,
  Operand,
  RuleOperator,
  TableColumn,
  TableProblem,
  TokenAttribute,
} from '@aracari/api';
import { html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { keyed } from 'lit/directives/keyed.js';
import { baseStyles, formStyles } from '../base-styles.js';
import { changedText } from '../field-text.js';
import './app-operand-input.js';
import { renderCondition } from './condition-frame.js';
import { withColumn, withOperator } from './new-rule.js';
import { nameOfOperator, operandsOf, operatorsFor } from './operators.js';
import { problemAt } from './problems-at.js';
import { ruleStyles } from './rule-styles.js';

/**
 * One condition on rows: column, operator, and what it is compared with.
 * @fires app-changed - Detail is the condition.
 * @fires app-removed - The condition is not wanted.
 */
@customElement('app-row-condition')
export class AppRowCondition extends LitElement {
  @property({ attribute: false }) condition!: Condition;
  @property({ attribute: false }) columns: TableColumn[] = [];
  @property({ attribute: false }) tokenAttributes: TokenAttribute[] = [];
  @property({ attribute: false }) path = '';
  @property({ attribute: false }) problems: TableProblem[] = [];
  @property({ type: Boolean }) removable = false;

  static override styles = [baseStyles, formStyles, ruleStyles];

  override render() {
    return renderCondition(
      [this.#renderColumn(), this.#renderOperator(), this.#renderOperands()],
      this.removable ? () => this.dispatchEvent(new Event('app-removed')) : undefined,
    );
  }

  #renderColumn() {
    const present = this.columns.filter(({ gone }) => !gone).map(({ name }) => name);
    const { column } = this.condition;
    const names = column && !present.includes(column) ? [column, ...present] : present;
    const refused = problemAt(this.problems, `${this.path}.column`);
    return keyed(
      names.join('\n'),
      html`<wa-select
        class=${refused ? 'refused' : ''}
        size="s"
        label="Column"
        placeholder="Choose a column"
        .value=${column}
        hint=${refused ?? ''}
        @change=${(event: Event) => this.#chooseColumn(changedText(event))}
      >
        ${names.map((name) => html`<wa-option value=${name}>${name}</wa-option>`)}
      </wa-select>`,
    );
  }

  #renderOperator() {
    const type = this.#column?.type ?? 'string';
    const { operator } = this.condition;
    const offered = operatorsFor(type);
    const refused =
      problemAt(this.problems, `${this.path}.operator`) ?? problemAt(this.problems, this.path);
    const shown = offered.includes(operator) ? offered : [operator, ...offered];
    return keyed(
      shown.join() + type,
      html`<wa-select
        class=${refused ? 'refused' : ''}
        size="s"
        label="Operator"
        .value=${operator}
        hint=${refused ?? ''}
        @change=${(event: Event) => this.#chooseOperator(changedText(event) as RuleOperator)}
      >
        ${shown.map((each) => html`<wa-option value=${each}>${nameOfOperator(each, type)}</wa-option>`)}
      </wa-select>`,
    );
  }

  #renderOperands() {
    const { condition } = this;
    if (operandsOf(condition.operator) === 0) return nothing;
    if (operandsOf(condition.operator) === 1)
      return this.#renderOperand(condition, this.path, '', ({ attribute, type, values }) => {
        const { column, operator } = condition;
        this.#tell(
          attribute === undefined
            ? { column, operator, ...(type ? { type } : {}), values: values ?? [] }
            : { column, operator, attribute },
        );
      });
    return (['from', 'to'] as const).map((bound) =>
      this.#renderOperand(condition[bound] ?? {}, `${this.path}.${bound}`, bound, (operand) =>
        this.#tell({ ...condition, [bound]: operand }),
      ),
    );
  }

  #renderOperand(
    operand: Operand,
    path: string,
    which: string,
    change: (operand: Operand) => void,
  ) {
    const { attribute, type, values } = operand;
    return html`<app-operand-input
      .operand=${attribute === undefined ? { ...(type ? { type } : {}), values: values ?? [] } : { attribute }}
      .operator=${this.condition.operator}
      .columnType=${this.#column?.type ?? 'string'}
      .tokenAttributes=${this.tokenAttributes}
      .path=${path}
      .problems=${this.#problemsOf(path)}
      which=${which}
      @app-changed=${(event: CustomEvent<Operand>) => change(event.detail)}
    ></app-operand-input>`;
  }

  /** What concerns a whole bound is said at its value. */
  #problemsOf(path: string): TableProblem[] {
    if (path === this.path) return this.problems;
    return this.problems.map(({ field, what }) =>
      field === path ? { field: `${path}.values`, what } : { field, what },
    );
  }

  get #column(): TableColumn | undefined {
    return this.columns.find(({ name }) => name === this.condition.column);
  }

  #chooseColumn(name: string): void {
    const column = this.columns.find((each) => each.name === name);
    if (column) this.#tell(withColumn(this.condition, column, this.tokenAttributes));
  }

  #chooseOperator(operator: RuleOperator): void {
    this.#tell(withOperator(this.condition, operator, this.#column, this.tokenAttributes));
  }

  #tell(condition: Condition): void {
    this.dispatchEvent(new CustomEvent('app-changed', { detail: condition }));
  }
}

import type {
  ColumnType,
  Constant,
  Operand,
  RuleOperator,
  TableProblem,
  TokenAttribute,
} from '@aracari/api';
import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { keyed } from 'lit/directives/keyed.js';
import { baseStyles, formStyles } from '../base-styles.js';
import './app-constant-input.js';
import { attributeFits, operandType, takesList } from './operators.js';
import { problemAt, problemWithin } from './problems-at.js';
import { ruleStyles } from './rule-styles.js';

/**
 * The right side of a condition: a token attribute whose type fits, or constants.
 * @fires app-changed - Detail is the operand.
 */
@customElement('app-operand-input')
export class AppOperandInput extends LitElement {
  @property({ attribute: false }) operand: Operand = {};
  @property({ attribute: false }) operator: RuleOperator = 'isEqualTo';
  @property({ attribute: false }) columnType: ColumnType = 'string';
  @property({ attribute: false }) tokenAttributes: TokenAttribute[] = [];
  @property({ attribute: false }) path = '';
  @property({ attribute: false }) problems: TableProblem[] = [];
  /** Which of several operands this is: “from”. */
  @property() which = '';

  static override styles = [
    baseStyles,
    formStyles,
    ruleStyles,
    css`
      .operand {
        display: flex;
        flex-wrap: wrap;
        gap: 0.5rem;
        align-items: flex-start;
      }
      .operand > wa-select {
        flex: 1 1 8rem;
        min-width: 0;
      }
      .operand > .value {
        flex: 2 1 8rem;
        min-width: 0;
      }
      @media (max-width: 760px) {
        .operand > wa-select,
        .operand > .value {
          flex: 1 1 100%;
        }
      }
    `,
  ];

  override render() {
    const byToken = this.operand.attribute !== undefined;
    const which = this.which ? ` ${this.which}` : '';
    return html`<div class="operand">
      <wa-select
        size="s"
        label="Compare${which} with"
        .value=${byToken ? 'attribute' : 'value'}
        @change=${this.#chooseSource}
      >
        <wa-option value="attribute">Token attribute</wa-option>
        <wa-option value="value">${takesList(this.operator) ? 'Values' : 'Value'}</wa-option>
      </wa-select>
      ${byToken ? this.#renderAttribute(which) : this.#renderConstants(which)}
    </div>`;
  }

  #renderAttribute(which: string) {
    const fitting = this.#fitting.map(({ name }) => name);
    const chosen = this.operand.attribute ?? '';
    // One that does not fit any more is still shown, beside the reason.
    const names = chosen && !fitting.includes(chosen) ? [chosen, ...fitting] : fitting;
    const refused = problemWithin(this.problems, `${this.path}.attribute`);
    return keyed(
      names.join('\n'),
      html`<wa-select
        class="value ${refused ? 'refused' : ''}"
        size="s"
        label="Token attribute${which}"
        placeholder=${names.length > 0 ? 'Choose an attribute' : 'None of this type'}
        .value=${chosen}
        hint=${refused ?? ''}
        @change=${(event: Event) => this.#tell({ attribute: String((event.target as HTMLInputElement).value) })}
      >
        ${names.map((name) => html`<wa-option value=${name}>${name}</wa-option>`)}
      </wa-select>`,
    );
  }

  #renderConstants(which: string) {
    const type = this.operand.type ?? this.#type;
    const { path, problems } = this;
    return keyed(
      `${type} ${takesList(this.operator)}`,
      html`<app-constant-input
        class="value"
        .type=${type}
        .values=${this.operand.values ?? []}
        ?list=${takesList(this.operator)}
        label="${this.operator === 'isInLastDays' ? 'Number of days' : 'Value'}${which}"
        .refused=${problemWithin(problems, `${path}.values`) ?? problemAt(problems, `${path}.type`)}
        @app-changed=${(event: CustomEvent<Constant[]>) => this.#tell({ type, values: event.detail })}
      ></app-constant-input>`,
    );
  }

  get #type(): ColumnType {
    return operandType(this.operator, this.columnType);
  }

  get #fitting(): TokenAttribute[] {
    return this.tokenAttributes.filter((each) =>
      attributeFits(each, this.operator, this.columnType),
    );
  }

  #chooseSource(event: Event): void {
    const source = (event.target as HTMLInputElement).value;
    if (source === 'attribute') this.#tell({ attribute: this.#fitting[0]?.name ?? '' });
    else this.#tell({ type: this.#type, values: [] });
  }

  #tell(operand: Operand): void {
    this.dispatchEvent(new CustomEvent('app-changed', { detail: operand }));
  }
}

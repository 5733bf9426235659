import type {
  Constant,
  RuleOperator,
  TableProblem,
  TokenAttribute,
  UserCondition,
} from '@aracari/api';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { keyed } from 'lit/directives/keyed.js';
import { baseStyles, formStyles } from '../base-styles.js';
import { changedText } from '../field-text.js';
import './app-constant-input.js';
import { renderCondition } from './condition-frame.js';
import { attributeCondition } from './new-rule.js';
import { nameOfOperator, operandsOf, takesList, userOperatorsFor } from './operators.js';
import { problemAt, problemWithin } from './problems-at.js';
import { ruleStyles } from './rule-styles.js';

type AttributeCondition = Extract<UserCondition, { attribute: string }>;
const roles = ['explorer', 'maker'] as const;
/** No attribute can be called so. */
const byRole = ' role';

/**
 * One condition on the user who asks: the role, or a token attribute compared with constants.
 * @fires app-changed - Detail is the condition.
 * @fires app-removed - The condition is not wanted.
 */
@customElement('app-user-condition')
export class AppUserCondition extends LitElement {
  @property({ attribute: false }) condition!: UserCondition;
  @property({ attribute: false }) tokenAttributes: TokenAttribute[] = [];
  @property({ attribute: false }) path = '';
  @property({ attribute: false }) problems: TableProblem[] = [];
  @property({ type: Boolean }) removable = false;

  static override styles = [
    baseStyles,
    formStyles,
    ruleStyles,
    css`
      .roles {
        display: flex;
        gap: 1rem;
        align-items: center;
        flex: 3 1 14rem;
        min-height: 2.25rem;
      }
      .condition > app-constant-input {
        flex: 2 1 9rem;
        min-width: 0;
      }
      .refusal {
        color: var(--wa-color-danger-on-quiet);
        font-size: var(--wa-font-size-s);
      }
    `,
  ];

  override render() {
    const { condition } = this;
    return renderCondition(
      [
        this.#renderSubject(),
        'role' in condition ? this.#renderRoles(condition.role) : this.#renderComparison(condition),
      ],
      this.removable ? () => this.dispatchEvent(new Event('app-removed')) : undefined,
    );
  }

  #renderSubject() {
    const registered = this.tokenAttributes.map(({ name }) => name);
    const chosen = 'role' in this.condition ? byRole : this.condition.attribute;
    const gone = chosen !== byRole && !registered.includes(chosen);
    const refused = problemAt(this.problems, `${this.path}.attribute`);
    return html`<wa-select
      class=${refused ? 'refused' : ''}
      size="s"
      label="Role or token attribute"
      .value=${chosen}
      hint=${refused ?? ''}
      @change=${(event: Event) => this.#chooseSubject(changedText(event))}
    >
      <wa-option value=${byRole}>Role</wa-option>
      ${(gone ? [chosen, ...registered] : registered).map((name) => html`<wa-option value=${name}>${name}</wa-option>`)}
    </wa-select>`;
  }

  #renderRoles(chosen: string[]) {
    const refused = problemAt(this.problems, `${this.path}.role`);
    return html`<div class="roles" role="group" aria-label="Roles">
      ${roles.map(
        (role) =>
          html`<wa-checkbox
            size="s"
            .checked=${chosen.includes(role)}
            @change=${() => this.#toggleRole(role)}
            >${role}</wa-checkbox
          >`,
      )}
      ${refused ? html`<span class="refusal">${refused}</span>` : nothing}
    </div>`;
  }

  #renderComparison(condition: AttributeCondition) {
    const attribute = this.tokenAttributes.find(({ name }) => name === condition.attribute);
    const type = attribute?.type ?? condition.type ?? 'string';
    const refused = problemAt(this.problems, `${this.path}.operator`);
    return [
      keyed(
        type,
        html`<wa-select
          class=${refused ? 'refused' : ''}
          size="s"
          label="Operator"
          .value=${condition.operator}
          hint=${refused ?? ''}
          @change=${(event: Event) => this.#chooseOperator(condition, changedText(event) as RuleOperator)}
        >
          ${userOperatorsFor(type).map((each) => html`<wa-option value=${each}>${nameOfOperator(each, type)}</wa-option>`)}
        </wa-select>`,
      ),
      this.#renderValues({ ...condition, type }),
    ];
  }

  #renderValues(condition: AttributeCondition & Required<Pick<AttributeCondition, 'type'>>) {
    const { operator, type, values = [] } = condition;
    const count = operandsOf(operator);
    if (count === 0) return nothing;
    const list = takesList(operator);
    const refused = problemWithin(this.problems, `${this.path}.values`);
    const input = (label: string, shown: Constant[], change: (typed: Constant[]) => Constant[]) =>
      html`<app-constant-input
        .type=${type}
        .values=${shown}
        ?list=${list}
        label=${label}
        .refused=${refused}
        @app-changed=${(event: CustomEvent<Constant[]>) => this.#tell({ ...condition, values: change(event.detail) })}
      ></app-constant-input>`;
    if (count === 1)
      return keyed(
        `${type} ${list}`,
        input('Value', values, (typed) => typed),
      );
    return [0, 1].map((at) =>
      input(at === 0 ? 'Value from' : 'Value to', values.slice(at, at + 1), ([typed]) =>
        at === 0 ? [typed ?? '', values[1] ?? ''] : [values[0] ?? '', typed ?? ''],
      ),
    );
  }

  #chooseSubject(name: string): void {
    const attribute = this.tokenAttributes.find((each) => each.name === name);
    if (attribute) this.#tell(attributeCondition(attribute));
    else this.#tell({ role: ['explorer'] });
  }

  #chooseOperator(condition: AttributeCondition, operator: RuleOperator): void {
    const attribute = this.tokenAttributes.find(({ name }) => name === condition.attribute);
    if (!attribute) return;
    const alike = operandsOf(operator) === operandsOf(condition.operator);
    const values = takesList(operator)
      ? condition.values
      : condition.values?.slice(0, operandsOf(operator));
    const fresh = attributeCondition(attribute, operator);
    this.#tell(alike && values && 'type' in fresh ? { ...fresh, values } : fresh);
  }

  #toggleRole(role: (typeof roles)[number]): void {
    if (!('role' in this.condition)) return;
    const chosen = this.condition.role;
    this.#tell({
      role: chosen.includes(role) ? chosen.filter((each) => each !== role) : [...chosen, role],
    });
  }

  #tell(condition: UserCondition): void {
    this.dispatchEvent(new CustomEvent('app-changed', { detail: condition }));
  }
}

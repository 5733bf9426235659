import type {
  AccessRule,
  Condition,
  RuleOperator,
  TableColumn,
  TokenAttribute,
  UserCondition,
} from '@aracari/api';
import {
  attributeFits,
  isOffered,
  operandsOf,
  operatorsFor,
  userOperatorsFor,
} from './operators.js';

/** A first condition to start from: a column and an attribute of the same name, else of types that fit, else any column. */
export function newCondition(columns: TableColumn[], attributes: TokenAttribute[]): Condition {
  const present = columns.filter(({ gone }) => !gone);
  const named = present.find(({ name }) => attributes.some((attribute) => attribute.name === name));
  const fitting = present.find(({ type }) =>
    attributes.some((attribute) => attributeFits(attribute, 'isEqualTo', type)),
  );
  const column = named ?? fitting ?? present[0];
  return column
    ? withColumn({ column: '', operator: 'isEqualTo' }, column, attributes)
    : { column: '', operator: 'isEqualTo', attribute: '' };
}

export function newRule(
  columns: TableColumn[],
  attributes: TokenAttribute[],
  number: number,
): AccessRule {
  return { name: `Rule ${number}`, rows: { and: [newCondition(columns, attributes)] } };
}

/** The condition on another column. What no longer fits its type is chosen anew. */
export function withColumn(
  condition: Condition,
  column: TableColumn,
  attributes: TokenAttribute[],
): Condition {
  const { operator } = condition;
  const kept = isOffered(operator, column.type) ? operator : operatorsFor(column.type)[0];
  return startOperands({ column: column.name, operator: kept ?? 'isEqualTo' }, column, attributes);
}

/** The condition with another operator. Operands stay where both take the same. */
export function withOperator(
  condition: Condition,
  operator: RuleOperator,
  column: TableColumn | undefined,
  attributes: TokenAttribute[],
): Condition {
  const days = [operator, condition.operator].includes('isInLastDays');
  const alike = operandsOf(operator) === operandsOf(condition.operator) && !days;
  const one = alike && operandsOf(operator) === 1;
  const values = condition.values?.slice(
    0,
    operator === 'isIn' || operator === 'isNotIn' ? undefined : 1,
  );
  if (one && condition.attribute === undefined)
    return { ...condition, operator, ...(values ? { values } : {}) };
  const attribute = attributes.find(({ name }) => name === condition.attribute);
  if (one && attribute && column && attributeFits(attribute, operator, column.type))
    return { ...condition, operator };
  return column
    ? startOperands({ column: condition.column, operator }, column, attributes)
    : { column: condition.column, operator, attribute: '' };
}

function startOperands(
  condition: Condition,
  column: TableColumn,
  attributes: TokenAttribute[],
): Condition {
  const { operator } = condition;
  if (operandsOf(operator) === 0) return condition;
  const type = operator === 'isInLastDays' ? 'integer' : column.type;
  if (operandsOf(operator) === 2)
    return { ...condition, from: { type, values: [] }, to: { type, values: [] } };
  const fitting = attributes.filter((each) => attributeFits(each, operator, column.type));
  const attribute = fitting.find(({ name }) => name === column.name) ?? fitting[0];
  return attribute
    ? { ...condition, attribute: attribute.name }
    : { ...condition, type, values: [] };
}

/** A first condition on the user. */
export function newUserCondition(): UserCondition {
  return { role: ['explorer'] };
}

/** A condition on an attribute, to be filled in. */
export function attributeCondition(
  attribute: TokenAttribute,
  wanted?: RuleOperator,
): UserCondition {
  const offered = userOperatorsFor(attribute.type);
  const operator = wanted && offered.includes(wanted) ? wanted : 'isEqualTo';
  if (operandsOf(operator) === 0) return { attribute: attribute.name, operator };
  return { attribute: attribute.name, operator, type: attribute.type, values: [] };
}

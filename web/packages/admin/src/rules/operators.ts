import type { ColumnType, RuleOperator, TokenAttribute } from '@aracari/api';

/**
 * The operators of access rules: which types each is for, how many operands it takes, and what it is called. The same as
 * the server's `model/rule_operator.h`, which decides.
 */
const inOrder: RuleOperator[] = [
  'isEqualTo',
  'isDifferentFrom',
  'isGreaterThan',
  'isGreaterOrEqual',
  'isLessThan',
  'isLessOrEqual',
  'isBetween',
  'isInLastDays',
  'isIn',
  'isNotIn',
  'contains',
  'startsWith',
  'isSet',
  'isNotSet',
];

const names: Record<RuleOperator, string> = {
  isEqualTo: 'is equal to',
  isDifferentFrom: 'is different from',
  isIn: 'is in',
  isNotIn: 'is not in',
  contains: 'contains',
  startsWith: 'starts with',
  isGreaterThan: 'is greater than',
  isGreaterOrEqual: 'is greater than or equal to',
  isLessThan: 'is less than',
  isLessOrEqual: 'is less than or equal to',
  isBetween: 'is between',
  isInLastDays: 'in the last N days',
  isSet: 'is set',
  isNotSet: 'is not set',
};

const namesForTimes: Partial<Record<RuleOperator, string>> = {
  isGreaterThan: 'is later than',
  isGreaterOrEqual: 'is later than or equal to',
  isLessThan: 'is sooner than',
  isLessOrEqual: 'is sooner than or equal to',
};

export function isOffered(operator: RuleOperator, type: ColumnType): boolean {
  const text = type === 'string';
  const flag = type === 'boolean';
  switch (operator) {
    case 'isEqualTo':
    case 'isDifferentFrom':
    case 'isSet':
    case 'isNotSet':
      return true;
    case 'isIn':
    case 'isNotIn':
      return !flag;
    case 'contains':
    case 'startsWith':
      return text;
    case 'isGreaterThan':
    case 'isGreaterOrEqual':
    case 'isLessThan':
    case 'isLessOrEqual':
    case 'isBetween':
      return !text && !flag;
    case 'isInLastDays':
      return isTime(type);
  }
}

/** For rows of a table. */
export function operatorsFor(type: ColumnType): RuleOperator[] {
  return inOrder.filter((operator) => isOffered(operator, type));
}

/** For an *if* over a token attribute, which does not know the time that has passed. */
export function userOperatorsFor(type: ColumnType): RuleOperator[] {
  return operatorsFor(type).filter((operator) => operator !== 'isInLastDays');
}

export function nameOfOperator(operator: RuleOperator, type: ColumnType): string {
  return (isTime(type) && namesForTimes[operator]) || names[operator];
}

export function operandsOf(operator: RuleOperator): 0 | 1 | 2 {
  if (operator === 'isSet' || operator === 'isNotSet') return 0;
  return operator === 'isBetween' ? 2 : 1;
}

export function takesList(operator: RuleOperator): boolean {
  return operator === 'isIn' || operator === 'isNotIn';
}

/** The type of what a column of `type` is compared with. */
export function operandType(operator: RuleOperator, type: ColumnType): ColumnType {
  return operator === 'isInLastDays' ? 'integer' : type;
}

/** Whether an attribute may stand on the right of a column of `type`: the digits of an Integer fit into a Numeric. */
export function attributeFits(
  { type: own, list }: Pick<TokenAttribute, 'type' | 'list'>,
  operator: RuleOperator,
  type: ColumnType,
): boolean {
  const wanted = operandType(operator, type);
  if (list && !takesList(operator)) return false;
  return own === wanted || (own === 'integer' && wanted === 'numeric');
}

function isTime(type: ColumnType): boolean {
  return type === 'date' || type === 'datetime';
}

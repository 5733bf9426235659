import type {
  AccessRule,
  BoundCondition,
  ColumnAccess,
  ColumnException,
  ColumnType,
  Condition,
  Constant,
  Operand,
  RuleTree,
  UserCondition,
} from '@aracari/api';
import { nameOfOperator, operandsOf } from './operators.js';
import { isGroup, junctionOf, nodesOf } from './rule-tree.js';

/** Reads rules out in English: “Rows where origin_state is equal to the token's state.” */

/** The type of a column or an attribute, which decides what operators are called. */
export type TypeOf = (name: string) => ColumnType | undefined;

const manyValues = 5;
const gap = '…';

export function readRule(rule: AccessRule, columnType: TypeOf, attributeType: TypeOf): string {
  const rows = readTree(rule.rows, (condition) => readCondition(condition, columnType));
  if (!rule.if) return `Rows where ${rows}.`;
  const who = readTree(rule.if, (condition) => readUserCondition(condition, attributeType));
  return `If ${who}: rows where ${rows}.`;
}

export function readCondition(condition: Condition, columnType: TypeOf): string {
  const { column, operator } = condition;
  const name = column || gap;
  const type = columnType(column) ?? condition.type ?? 'string';
  if (operator === 'isInLastDays') return `${name} is in the last ${readDays(condition)}`;
  const verb = nameOfOperator(operator, type);
  switch (operandsOf(operator)) {
    case 0:
      return `${name} ${verb}`;
    case 1:
      return `${name} ${verb} ${readOperand(condition)}`;
    case 2:
      return `${name} ${verb} ${readOperand(condition.from)} and ${readOperand(condition.to)}`;
  }
}

export function readUserCondition(condition: UserCondition, attributeType: TypeOf): string {
  if ('role' in condition) return `the user's role is ${alternatives(condition.role) || gap}`;
  const { attribute, operator, type, values = [] } = condition;
  const verb = nameOfOperator(operator, attributeType(attribute) ?? type ?? 'string');
  const subject = nameToken(attribute);
  if (operandsOf(operator) === 0) return `${subject} ${verb}`;
  if (operandsOf(operator) === 2)
    return `${subject} ${verb} ${readConstants(values.slice(0, 1))} and ${readConstants(values.slice(1))}`;
  return `${subject} ${verb} ${readConstants(values)}`;
}

/** “Hidden if the user's role is explorer; else visible.” */
export function readColumn(
  access: ColumnAccess,
  exceptions: ColumnException[],
  attributeType: TypeOf,
): string {
  const parts = exceptions.map(
    (each) =>
      `${each.access} if ${readTree(each.if, (condition) => readUserCondition(condition, attributeType))}`,
  );
  const sentence = [...parts, parts.length > 0 ? `else ${access}` : access].join('; ');
  return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`;
}

/** A condition as it was bound for one viewer: “origin_state is equal to “TX”, the token's state”. */
export function readBound(bound: BoundCondition, columnType?: ColumnType): string {
  const { column, operator, attribute, values } = bound;
  const from = attribute ? `, ${nameToken(attribute)}` : '';
  if (operator === 'isInLastDays') return `${column} is in the last ${count(values[0])}${from}`;
  const verb = nameOfOperator(operator, columnType ?? typeFound(values));
  if (operandsOf(operator) === 0) return `${column} ${verb}`;
  if (operandsOf(operator) === 2)
    return `${column} ${verb} ${readConstants(values.slice(0, 1))} and ${readConstants(values.slice(1))}${from}`;
  return `${column} ${verb} ${readConstants(values)}${from}`;
}

function readTree<Leaf extends object>(
  tree: RuleTree<Leaf>,
  read: (leaf: Leaf) => string,
  nested = false,
): string {
  if (!isGroup(tree)) return read(tree);
  const nodes = nodesOf(tree);
  if (nodes.length === 0) return gap;
  const several = nodes.length > 1;
  const parts = nodes.map((node) => readTree(node, read, several));
  const sentence = parts.join(junctionOf(tree) === 'and' ? ' and ' : ' or ');
  return nested && several ? `(${sentence})` : sentence;
}

function readDays(operand: Operand): string {
  if (operand.attribute !== undefined) return `N days, N being ${nameToken(operand.attribute)}`;
  return count(operand.values?.[0]);
}

function count(days: Constant | undefined): string {
  if (days === undefined || days === '') return `${gap} days`;
  return days === 1 ? '1 day' : `${days} days`;
}

function readOperand(operand: Operand | undefined): string {
  if (operand?.attribute !== undefined) return nameToken(operand.attribute);
  return readConstants(operand?.values ?? []);
}

function nameToken(attribute: string): string {
  return `the token's ${attribute || gap}`;
}

function readConstants(values: Constant[]): string {
  const shown = values.slice(0, manyValues).map(readConstant);
  const left = values.length - shown.length;
  if (left > 0) return `${shown.join(', ')} or ${left} more`;
  return alternatives(shown) || gap;
}

function readConstant(value: Constant): string {
  return typeof value === 'string' ? `“${value}”` : String(value);
}

function alternatives(texts: string[]): string {
  const last = texts.at(-1) ?? '';
  return texts.length > 1 ? `${texts.slice(0, -1).join(', ')} or ${last}` : last;
}

/** Only days and moments are called otherwise; their texts say what they are. */
function typeFound(values: Constant[]): ColumnType {
  const [first] = values;
  return typeof first === 'string' && /^\d{4}-\d{2}-\d{2}/.test(first) ? 'date' : 'string';
}

/** What two rules beside each other mean together. */
export function readTogether(rules: AccessRule[]): string {
  if (rules.length === 0) return 'Without a rule nobody with a token sees a row.';
  const conditional = rules.filter((rule) => rule.if).length;
  if (rules.length === 1)
    return conditional ? 'Users to whom it does not apply see no rows.' : 'It applies to everyone.';
  const narrow = 'A row is seen only where every rule that applies lets it through (AND).';
  return conditional === rules.length
    ? `${narrow} Users to whom none applies see no rows.`
    : narrow;
}

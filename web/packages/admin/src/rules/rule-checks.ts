import type {
  AccessRule,
  Condition,
  Constant,
  ColumnType,
  Operand,
  RuleOperator,
  TableColumn,
  TableProblem,
  TokenAttribute,
  UserCondition,
  UserTree,
} from '@aracari/api';
import { describeType } from '../settings/attribute-value.js';
import { isConstant } from './constants.js';
import { attributeFits, isOffered, operandsOf, operandType, takesList } from './operators.js';
import { leavesOf } from './rule-tree.js';

/** What rules are about. */
export interface RuleScope {
  columns: TableColumn[];
  attributes: TokenAttribute[];
}

/** What must be mended before rules can be saved, at the paths that the server would name. */
export function checkRules(rules: AccessRule[], scope: RuleScope): TableProblem[] {
  return rules.flatMap((rule, index) => checkRule(rule, `rules[${index}]`, scope));
}

export function checkColumns(columns: TableColumn[], scope: RuleScope): TableProblem[] {
  return columns.flatMap(({ exceptions = [] }, column) =>
    exceptions.flatMap((exception, index) =>
      checkUser(exception.if, `columns[${column}].exceptions[${index}].if`, scope),
    ),
  );
}

function checkRule(rule: AccessRule, path: string, scope: RuleScope): TableProblem[] {
  const named = rule.name.trim() ? [] : [{ field: `${path}.name`, what: 'Enter a name.' }];
  const user = rule.if ? checkUser(rule.if, `${path}.if`, scope) : [];
  const rows = leavesOf(rule.rows, `${path}.rows`).flatMap((place) =>
    checkCondition(place.leaf, place.path, scope),
  );
  return [...named, ...user, ...rows];
}

function checkUser(tree: UserTree, path: string, scope: RuleScope): TableProblem[] {
  return leavesOf(tree, path).flatMap((place) => checkUserCondition(place.leaf, place.path, scope));
}

function checkCondition(condition: Condition, path: string, scope: RuleScope): TableProblem[] {
  const column = scope.columns.find(({ name }) => name === condition.column);
  if (!condition.column) return [{ field: `${path}.column`, what: 'Choose a column.' }];
  if (!column || column.gone)
    return [{ field: `${path}.column`, what: 'The table no longer has this column.' }];
  const { operator } = condition;
  if (!isOffered(operator, column.type))
    return [{ field: `${path}.operator`, what: 'Does not fit the type of the column.' }];
  const check = (operand: Operand | undefined, place: string) =>
    checkOperand(operand ?? {}, place, operator, column.type, scope);
  if (operandsOf(operator) === 0) return [];
  if (operandsOf(operator) === 1) return check(condition, path);
  const bounds = [...check(condition.from, `${path}.from`), ...check(condition.to, `${path}.to`)];
  return bounds.length > 0 ? bounds : checkOrder(condition, path);
}

/** Bounds the wrong way round let no row through. */
function checkOrder({ from, to }: Condition, path: string): TableProblem[] {
  const [low] = from?.values ?? [];
  const [high] = to?.values ?? [];
  if (low === undefined || high === undefined || low <= high) return [];
  return [{ field: `${path}.to`, what: 'Must not be less than the other bound.' }];
}

function checkOperand(
  operand: Operand,
  path: string,
  operator: RuleOperator,
  columnType: ColumnType,
  scope: RuleScope,
): TableProblem[] {
  const type = operandType(operator, columnType);
  if (operand.attribute === undefined) return checkValues(operand.values, path, operator, type);
  const field = `${path}.attribute`;
  if (!operand.attribute) return [{ field, what: 'Choose a token attribute.' }];
  const attribute = scope.attributes.find(({ name }) => name === operand.attribute);
  if (!attribute) return [{ field, what: 'This attribute is not registered.' }];
  if (!attributeFits(attribute, operator, columnType))
    return [{ field, what: 'Its type does not fit the column.' }];
  return [];
}

function checkValues(
  values: Constant[] = [],
  path: string,
  operator: RuleOperator,
  type: ColumnType,
): TableProblem[] {
  const field = `${path}.values`;
  if (values.length === 0) return [{ field, what: 'Enter a value.' }];
  if (values.length > 1 && !takesList(operator)) return [{ field, what: 'Enter one value.' }];
  const wrong = values.find((value) => !isConstant(type, value));
  if (wrong !== undefined) {
    const what = wrong === '' ? 'Enter a value.' : `“${wrong}” is not ${describeType(type)}.`;
    return [{ field, what }];
  }
  if (operator === 'isInLastDays' && Number(values[0]) < 0)
    return [{ field, what: 'Enter a number of days from 0.' }];
  return [];
}

function checkUserCondition(
  condition: UserCondition,
  path: string,
  scope: RuleScope,
): TableProblem[] {
  if ('role' in condition)
    return condition.role.length > 0 ? [] : [{ field: `${path}.role`, what: 'Choose a role.' }];
  const attribute = scope.attributes.find(({ name }) => name === condition.attribute);
  if (!attribute)
    return [
      {
        field: `${path}.attribute`,
        what: condition.attribute
          ? 'This attribute is not registered.'
          : 'Choose a token attribute.',
      },
    ];
  const { operator, values = [] } = condition;
  if (!isOffered(operator, attribute.type) || operator === 'isInLastDays')
    return [{ field: `${path}.operator`, what: 'Does not fit the type of the attribute.' }];
  const wanted = operandsOf(operator);
  if (wanted === 0) return [];
  if (wanted === 2 && values.length !== 2)
    return [{ field: `${path}.values`, what: 'Enter both bounds.' }];
  return wanted === 2
    ? values.flatMap((value) => checkValues([value], path, operator, attribute.type)).slice(0, 1)
    : checkValues(values, path, operator, attribute.type);
}

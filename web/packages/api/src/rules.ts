import type { ColumnType } from './dashboards.js';
import type { Role } from './session.js';

export type RuleOperator =
  | 'isEqualTo'
  | 'isDifferentFrom'
  | 'isIn'
  | 'isNotIn'
  | 'contains'
  | 'startsWith'
  | 'isGreaterThan'
  | 'isGreaterOrEqual'
  | 'isLessThan'
  | 'isLessOrEqual'
  | 'isBetween'
  | 'isInLastDays'
  | 'isSet'
  | 'isNotSet';

/** A constant of a rule; never null. Dates and times are texts, times in UTC. */
export type Constant = string | number | boolean;

/** What a column is compared with: an attribute of the token, or constants of one type. Several only for lists. */
export type Operand = { attribute: string } | { type: ColumnType; values: Constant[] };

/** One comparison of a column. `isInLastDays` has an integer operand. */
export type Condition = { column: string } & (
  | { operator: 'isSet' | 'isNotSet' }
  | { operator: 'isBetween'; from: Operand; to: Operand }
  | ({ operator: Exclude<RuleOperator, 'isSet' | 'isNotSet' | 'isBetween'> } & Operand)
);

/** A tree of AND and OR groups over leaves. A group has at least one node. */
export type RuleTree<Leaf> = Leaf | { and: RuleTree<Leaf>[] } | { or: RuleTree<Leaf>[] };

/** One condition on the user who asks: one of the roles, or an attribute compared with constants. */
export type UserCondition =
  | { role: Role[] }
  | { attribute: string; operator: RuleOperator; type?: ColumnType; values?: Constant[] };

export type RowTree = RuleTree<Condition>;
export type UserTree = RuleTree<UserCondition>;

/** Which rows of a table those see to whom `if` applies; without it, everybody who is subject to rules. */
export interface AccessRule {
  /** The server gives one to a rule that has none. */
  id?: string;
  name: string;
  if?: UserTree;
  rows: RowTree;
}

/** What was compared, as it was bound: the attribute that gave the values, or null for constants of the rule. */
export interface BoundOperand {
  attribute: string | null;
  type: ColumnType;
  values: Constant[];
}

/** A condition that a rule put on a table, with the values that it was bound to. */
export interface BoundCondition {
  rule: string;
  ruleName: string;
  column: string;
  operator: RuleOperator;
  operands: BoundOperand[];
}

/** What was decided about one table, and why. */
export interface TableDecision {
  table: string;
  name: string;
  access: TableAccess;
  /** A signed-in admin or maker asked: rules do not apply. */
  allRowsByRole: boolean;
  /** Whether the *if* of each rule held. */
  rules: { id: string; name: string; applied: boolean }[];
  conditions: BoundCondition[];
  hiddenColumns: string[];
  maskedColumns: string[];
}

/** Who is subject to rules sees nothing, every row, or the rows that the rules leave. */
export type TableAccess = 'hidden' | 'shared' | 'restricted';

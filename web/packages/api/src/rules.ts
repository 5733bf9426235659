import type { ColumnType } from './dashboards.js';
import type { Role } from './session.js';

/** What a table is to those who are subject to rules. New tables are hidden. */
export type TableAccess = 'hidden' | 'shared' | 'restricted';
export type ColumnAccess = 'visible' | 'hidden' | 'masked';

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

/** What a column is compared with: an `attribute` of the token, or constants of one `type`, several only for lists. */
export interface Operand {
  attribute?: string;
  type?: ColumnType;
  values?: Constant[];
}

/** One comparison of a column. A range has `from` and `to`, `isSet` and `isNotSet` nothing, every other one operand. */
export interface Condition extends Operand {
  column: string;
  operator: RuleOperator;
  from?: Operand;
  to?: Operand;
}

/** One condition on the user who asks: one of the roles, or an attribute compared with constants of one type. */
export type UserCondition =
  | { role: Role[] }
  | { attribute: string; operator: RuleOperator; type?: ColumnType; values?: Constant[] };

/** A group has at least one node. */
export type RuleGroup<Leaf> = { and: RuleTree<Leaf>[] } | { or: RuleTree<Leaf>[] };
export type RuleTree<Leaf> = Leaf | RuleGroup<Leaf>;
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

/** For whom a column is something else than for the others. The first that applies decides. */
export interface ColumnException {
  if: UserTree;
  access: ColumnAccess;
}

/** A condition that a rule put on a table, with the values that it was bound to and the attribute that gave them. */
export interface BoundCondition {
  rule: string;
  column: string;
  operator: RuleOperator;
  attribute?: string;
  values: Constant[];
}

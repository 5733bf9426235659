import type { ColumnType, NumberStyle, Scalar } from './dashboards.js';
import { ownServer, send, sendForJson } from './request.js';
import type { AccessRule, Constant, TableAccess, TableDecision, UserTree } from './rules.js';

export type ColumnAccess = 'visible' | 'hidden' | 'masked';

/** For whom a column is something else than for the others. The first that applies decides. */
export interface ColumnException {
  if: UserTree;
  access: ColumnAccess;
}

export interface TableColumn {
  name: string;
  type: ColumnType;
  access: ColumnAccess;
  exceptions?: ColumnException[];
  /** Display name; without it, the name. */
  label?: string;
  description?: string;
}

export type Aggregate = 'count' | 'countDistinct' | 'sum' | 'average' | 'min' | 'max';
export type Comparison = 'equal' | 'greater' | 'greaterOrEqual' | 'less' | 'lessOrEqual';

export interface MeasureFilter {
  column: string;
  operator: Comparison;
  type: ColumnType;
  value: Constant;
}

/** `count` counts rows and has no column. */
export interface Measure {
  aggregate: Aggregate;
  column?: string;
  filter?: MeasureFilter;
}

/** A measure, or the ratio of two. */
export interface Metric {
  name: string;
  label: string;
  measure: Measure;
  denominator?: Measure;
  format?: NumberStyle;
}

export interface Dimension {
  name: string;
  label: string;
  column: string;
}

export interface TableSummary {
  id: string;
  database: string;
  name: string;
  label: string;
  access: TableAccess;
  /** How many. */
  rules: number;
  /** The mark “RLS enabled”. */
  restricted: boolean;
  /** Defined by a maker's SELECT. */
  sql: boolean;
  /** How many. */
  columns: number;
}

/** What makers may change of a table. */
export interface TableDefinition {
  label: string;
  description: string;
  access: TableAccess;
  columns: TableColumn[];
  metrics: Metric[];
  dimensions: Dimension[];
  rules: AccessRule[];
  /** The SELECT of a SQL table; null for a table of the database. */
  statement: string | null;
}

export interface Table extends TableDefinition {
  id: string;
  database: string;
  name: string;
  /** Grows with each change. */
  version: number;
  usedBy: { chart: string; name: string }[];
}

export interface TableVersion {
  version: number;
  at: string;
  by: string;
  /** What was changed, in a sentence. */
  summary: string;
  access: TableAccess;
  /** How many. */
  rules: number;
}

export interface NewSqlTable {
  name: string;
  label?: string;
  statement: string;
}

/** All columns of a preview have equally many values. */
export interface PreviewColumn {
  name: string;
  label: string;
  type: ColumnType;
  masked: boolean;
  values: Scalar[];
}

export interface TablePreview {
  columns: PreviewColumn[];
  decision: { tables: TableDecision[] };
  /** There are more rows than these. */
  truncated: boolean;
}

export function getTable(id: string, signal?: AbortSignal): Promise<Table> {
  return sendForJson(ownServer, { method: 'GET', path: pathOf(id), signal });
}

/**
 * Changes parts of a table and gives it with its next version. Throws 409 when `version` is not the present one, and
 * refusals that name the part: `rules[0].rows.and[1].operator`.
 */
export function saveTable(
  id: string,
  version: number,
  changes: Partial<TableDefinition>,
): Promise<Table> {
  const body = { version, ...changes };
  return sendForJson(ownServer, { method: 'POST', path: pathOf(id), body });
}

/** Tables that have rules become *shared* all the same: every row is then seen by everybody. */
export async function setTablesAccess(
  tables: string[],
  access: Exclude<TableAccess, 'restricted'>,
): Promise<TableSummary[]> {
  const call = { method: 'POST', path: `${path}/access`, body: { tables, access } } as const;
  return (await sendForJson<{ tables: TableSummary[] }>(ownServer, call)).tables;
}

/** Newest first. */
export async function listTableVersions(id: string, signal?: AbortSignal): Promise<TableVersion[]> {
  const call = { method: 'GET', path: `${pathOf(id)}/versions`, signal } as const;
  return (await sendForJson<{ versions: TableVersion[] }>(ownServer, call)).versions;
}

/** Makes a new version with the definition of an old one. `version` is the present one. */
export function restoreTable(id: string, version: number, to: number): Promise<Table> {
  const body = { version, to };
  return sendForJson(ownServer, { method: 'POST', path: `${pathOf(id)}/restore`, body });
}

/** The first rows as the holder of `token` sees them; without one, as the signed-in person does. */
export function previewTable(
  id: string,
  wishes: { limit?: number; token?: string },
  signal?: AbortSignal,
): Promise<TablePreview> {
  const call = { method: 'POST', path: `${pathOf(id)}/preview`, body: wishes, signal } as const;
  return sendForJson(ownServer, call);
}

/** The new table is hidden. */
export function createSqlTable(database: string, body: NewSqlTable): Promise<Table> {
  const address = `/api/v1/databases/${encodeURIComponent(database)}/sql-tables`;
  return sendForJson(ownServer, { method: 'POST', path: address, body });
}

/** SQL tables, and tables that are gone from their database. Throws 409 while charts use it. */
export async function deleteTable(id: string): Promise<void> {
  await send(ownServer, { method: 'DELETE', path: pathOf(id) });
}

const path = '/api/v1/tables';

function pathOf(id: string): string {
  return `${path}/${encodeURIComponent(id)}`;
}

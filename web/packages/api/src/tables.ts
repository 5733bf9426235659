import type { ColumnType, NumberStyle, Scalar } from './dashboards.js';
import { ownServer, send, sendForJson } from './request.js';
import type {
  AccessRule,
  BoundCondition,
  ColumnAccess,
  ColumnException,
  Constant,
  TableAccess,
} from './rules.js';

export interface TableColumn {
  name: string;
  type: ColumnType;
  access: ColumnAccess;
  exceptions?: ColumnException[];
  /** Display name; without it, the name. */
  label?: string;
  description?: string;
  /** The database no longer has it, but something still names it. */
  gone?: boolean;
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
  name: string;
  label: string;
  access: TableAccess;
  /** How many. */
  rules: number;
  /** How many. */
  columns: number;
  /** Defined by a maker's SELECT. */
  statement: boolean;
  version: number;
  /** Restricted without a rule, or something names a column that is gone. */
  undecided: boolean;
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
  /** The SELECT of a SQL table. */
  statement?: string;
}

/** Something that no longer fits, at the JSON path of the part of the table that it concerns. */
export interface TableProblem {
  field: string;
  what: string;
}

export interface Table extends TableDefinition {
  id: string;
  databaseId: string;
  name: string;
  /** Grows with each change. */
  version: number;
  problems: TableProblem[];
}

export interface TableVersion {
  version: number;
  at: string;
  actor: string;
  summary: string;
}

export interface NewSqlTable {
  name: string;
  label: string;
  statement: string;
}

/** Why the holder of a token sees these rows, for makers. */
export interface PreviewDecision {
  rowsBefore: number;
  rowsAfter: number;
  sql: string;
  arguments: Scalar[];
  conditions: BoundCondition[];
  hiddenColumns: string[];
  maskedColumns: string[];
  milliseconds: number;
}

export interface TablePreview {
  columns: { name: string; label: string; type: ColumnType; masked: boolean }[];
  rows: Scalar[][];
  decision?: PreviewDecision;
}

const path = '/api/v1/tables';

export async function listTables(database: string, signal?: AbortSignal): Promise<TableSummary[]> {
  const call = { method: 'GET', path: tablesOf(database), signal } as const;
  return (await sendForJson<{ tables: TableSummary[] }>(ownServer, call)).tables;
}

export function getTable(id: string, signal?: AbortSignal): Promise<Table> {
  return sendForJson(ownServer, { method: 'GET', path: pathOf(id), signal });
}

/**
 * Changes a table and gives it with its next version. Throws 409 when `version` is not the present one, and refusals that
 * name the part: `rules[0].rows.and[1].operator`. The types of columns are the database's, and are not sent.
 */
export function saveTable(
  id: string,
  version: number,
  { columns, ...rest }: TableDefinition,
  summary: string,
): Promise<Table> {
  const body = {
    version,
    ...rest,
    columns: columns.map(withoutType),
    ...(summary ? { summary } : {}),
  };
  return sendForJson(ownServer, { method: 'PUT', path: pathOf(id), body });
}

/** All or nothing. A shared table shows all rows to everyone with a token, whatever rules it has. */
export async function setTablesAccess(
  ids: string[],
  access: Exclude<TableAccess, 'restricted'>,
): Promise<TableSummary[]> {
  const call = { method: 'POST', path: `${path}/bulk`, body: { ids, access } } as const;
  return (await sendForJson<{ tables: TableSummary[] }>(ownServer, call)).tables;
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

/** Newest first; the first is the present one. */
export async function listTableVersions(id: string, signal?: AbortSignal): Promise<TableVersion[]> {
  const call = { method: 'GET', path: `${pathOf(id)}/versions`, signal } as const;
  return (await sendForJson<{ versions: TableVersion[] }>(ownServer, call)).versions;
}

export function getTableVersion(
  id: string,
  version: number,
): Promise<TableVersion & { table: Table }> {
  return sendForJson(ownServer, { method: 'GET', path: `${pathOf(id)}/versions/${version}` });
}

/** Makes a new version with the definition of an old one. Throws 409 when `present` is not the present version. */
export function restoreTable(id: string, version: number, present: number): Promise<Table> {
  const address = `${pathOf(id)}/versions/${version}/restore`;
  return sendForJson(ownServer, { method: 'POST', path: address, body: { version: present } });
}

/** The new table is hidden. Throws `invalid_statement` with the reason. */
export function createSqlTable(database: string, body: NewSqlTable): Promise<Table> {
  return sendForJson(ownServer, { method: 'POST', path: tablesOf(database), body });
}

/** SQL tables, and tables that are gone from their database. Throws 409 while something uses it. */
export async function deleteTable(id: string): Promise<void> {
  await send(ownServer, { method: 'DELETE', path: pathOf(id) });
}

function withoutType({ type: _, ...column }: TableColumn) {
  return column;
}

function tablesOf(database: string): string {
  return `/api/v1/databases/${encodeURIComponent(database)}/tables`;
}

function pathOf(id: string): string {
  return `${path}/${encodeURIComponent(id)}`;
}

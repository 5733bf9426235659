import type { Filters, Scalar } from './dashboards.js';
import { readLinesUntilEnd } from './ndjson.js';
import { ownServer, send } from './request.js';
import type { BoundCondition, TableAccess } from './rules.js';

/** Where the time of an answer went, in milliseconds. */
export interface ExplainedTimes {
  guard: number;
  queue: number;
  engine: number;
  encode: number;
}

export interface ExplainedTable {
  id: string;
  label: string;
  access: TableAccess;
  conditions: BoundCondition[];
  /** Whether the *if* of each rule held. */
  rules: { name: string; applies: boolean }[];
  visibleColumns: string[];
  hiddenColumns: string[];
  maskedColumns: string[];
  /** How many rows the table has, and how many of them this viewer sees. */
  rowsBefore: number;
  rowsAfter: number;
}

/** Why a chart shows what it shows. */
export interface ChartExplanation {
  chart: string;
  title: string;
  sql: string;
  /** In the order of `$1`, `$2`, … */
  arguments: Scalar[];
  tables: ExplainedTable[];
  milliseconds: ExplainedTimes;
  /** `shared`: another query of equal text was under way, and its answer served both. */
  cache: 'hit' | 'miss' | 'shared';
  ageSeconds: number;
  /** DuckDB: how many of a table's row groups were read. The layout by the rules lets it skip the others. */
  scan?: { table: string; rowGroups: number; rowGroupsRead: number }[];
  /** PostgreSQL: statements for the database's owner that make the rules quick. */
  suggestedIndex?: string[];
  /** How the engine goes about it, where it was asked for. */
  plan?: string;
}

/** One line of the answer. */
export type ExplainedChart =
  ChartExplanation | { chart: string; title: string; refused: { code: string; message: string } };

/**
 * Explains every chart of a dashboard to the signed-in maker, as the holder of `token` sees it or, without one, as the
 * maker does, and yields each as it arrives. Throws `cut_off` as `streamDashboardData` does.
 */
export async function* streamExplanations(
  dashboard: string,
  wishes: { token?: string; filters?: Filters; plan?: true },
  signal?: AbortSignal,
): AsyncGenerator<ExplainedChart, void, void> {
  const response = await send(ownServer, {
    method: 'POST',
    path: `/api/v1/dashboards/${encodeURIComponent(dashboard)}/explain`,
    body: wishes,
    signal,
  });
  yield* readLinesUntilEnd<ExplainedChart>(response, signal);
}

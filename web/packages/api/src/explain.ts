import type { ColumnType, Filters, Scalar } from './dashboards.js';
import { readLinesUntilEnd } from './ndjson.js';
import type { Problem } from './problem.js';
import { type Connection, ownServer, send, sendForJson } from './request.js';
import type { TableDecision } from './rules.js';

/** Where the time of an answer went. */
export interface ExplainedTimes {
  guardMicros: number;
  queueMicros: number;
  engineMicros: number;
  encodeMicros: number;
}

export interface ExplainedTable extends TableDecision {
  label: string;
  /** How many rows the table has, and how many of them this viewer sees. */
  rowsBefore: number;
  rowsAfter: number;
  /** Blocks of the stored file that the engine had to read, and those that the layout let it skip. */
  rowGroups?: { read: number; skipped: number };
  /** A statement for the owner of a PostgreSQL database. */
  suggestedIndex?: string;
}

/** Why a chart shows what it shows. */
export interface Explanation {
  name: string;
  sql: string;
  /** In the order of `$1`, `$2`, … */
  arguments: { type: ColumnType; value: Scalar }[];
  /** `shared`: another query of equal text was under way, and its answer served both. */
  cache: 'hit' | 'miss' | 'shared';
  times: ExplainedTimes;
  /** How many. */
  rows: number;
  tables: ExplainedTable[];
  /** The engine's own words, if they were asked for. */
  plan?: string;
}

/** One line of the answer. */
export type ExplainedChart = { chart: string } & (Explanation | { name: string; error: Problem });

export interface ExplainWishes {
  filters?: Filters;
  /** Ask the engine for its plan, too. */
  plan?: boolean;
}

/**
 * Explains every chart of a dashboard to a maker or to the holder of a sandbox token, and yields each as it arrives. The
 * explanation of a production token is refused. Throws `cut_off` as `streamDashboardData` does.
 */
export async function* streamExplanations(
  connection: Connection,
  dashboard: string,
  wishes: ExplainWishes,
  signal?: AbortSignal,
): AsyncGenerator<ExplainedChart, void, void> {
  const response = await send(connection, {
    method: 'POST',
    path: `/api/v1/dashboards/${encodeURIComponent(dashboard)}/explain`,
    body: wishes,
    signal,
  });
  yield* readLinesUntilEnd<ExplainedChart>(response, signal);
}

/** Explains what the holder of `token` sees of one table; without one, what the signed-in person sees. */
export function explainTable(table: string, token?: string): Promise<Explanation> {
  return sendForJson(ownServer, {
    method: 'POST',
    path: `/api/v1/tables/${encodeURIComponent(table)}/explain`,
    body: token ? { token } : {},
  });
}

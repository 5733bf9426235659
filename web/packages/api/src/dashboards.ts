import { readLinesUntilEnd } from './ndjson.js';
import type { Problem } from './problem.js';
import { type Connection, send, sendForJson } from './request.js';

export type Environment = 'sandbox' | 'production';
export type ChartType = 'line' | 'bar' | 'value' | 'table';

export interface DashboardSummary {
  id: string;
  name: string;
  description: string;
}

export interface Chart {
  id: string;
  name: string;
  type: ChartType;
  orientation?: 'vertical' | 'horizontal';
}

/** A place on the 12-column grid; `height` and `y` count rows of about 80 px. */
export interface TileLayout {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface Tile {
  chart: Chart;
  layout: TileLayout;
}

/** One attribute of the token that narrows the rows, with the viewer's values. */
export interface ScopeItem {
  attribute: string;
  values: Scalar[];
}

/** `environment` and `expiresAt` are null and `scope` is empty for a signed-in person. */
export interface Dashboard extends DashboardSummary {
  environment: Environment | null;
  expiresAt: string | null;
  scope: ScopeItem[];
  tiles: Tile[];
  /** Whether embed tokens see it. For makers only. */
  published?: boolean;
}

export type Scalar = string | number | boolean | null;
export type ColumnType = 'string' | 'integer' | 'numeric' | 'boolean' | 'date' | 'datetime';
export type Grain = 'month' | 'day' | 'year' | 'hourOfDay';

export interface NumberStyle {
  style: 'decimal' | 'percent';
  decimals?: number;
  unit?: string | null;
}

/** One column of a chart's result. All columns of a chart have equally many values. A percent is a fraction 0..1. */
export interface Column {
  name: string;
  label: string;
  role: 'dimension' | 'metric';
  type: ColumnType;
  grain?: Grain;
  /** Width of a bin of a binned dimension, whose values are the lower bounds. */
  binWidth?: number;
  format?: NumberStyle;
  values: Scalar[];
}

/** One line of the data answer. */
export type ChartResult = { chart: string; columns: Column[] } | { chart: string; error: Problem };

/** Values to keep, by filter id. */
export type Filters = Record<string, Scalar[]>;

export async function listDashboards(
  connection: Connection,
  signal?: AbortSignal,
): Promise<DashboardSummary[]> {
  const call = { method: 'GET', path: '/api/v1/dashboards', signal } as const;
  return (await sendForJson<{ dashboards: DashboardSummary[] }>(connection, call)).dashboards;
}

export function getDashboard(
  connection: Connection,
  id: string,
  signal?: AbortSignal,
): Promise<Dashboard> {
  return sendForJson<Dashboard>(connection, { method: 'GET', path: dashboardPath(id), signal });
}

/**
 * Asks for the data of every chart in one call and yields each chart's result as it arrives. Throws `AracariError`
 * `cut_off` when the answer ends without its end line, after having yielded what came.
 */
export async function* streamDashboardData(
  connection: Connection,
  id: string,
  filters: Filters,
  signal?: AbortSignal,
): AsyncGenerator<ChartResult, void, void> {
  const body = Object.keys(filters).length > 0 ? { filters } : {};
  const response = await send(connection, {
    method: 'POST',
    path: `${dashboardPath(id)}/data`,
    body,
    signal,
  });
  yield* readLinesUntilEnd<ChartResult>(response, signal);
}

function dashboardPath(id: string): string {
  return `/api/v1/dashboards/${encodeURIComponent(id)}`;
}

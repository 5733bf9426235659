import { readLinesUntilEnd } from './ndjson.js';
import type { Problem } from './problem.js';
import { type Connection, send, sendForJson } from './request.js';

export type Environment = 'sandbox' | 'production';
export type ChartType =
  | 'bar'
  | 'stackedBar'
  | 'line'
  | 'area'
  | 'combo'
  | 'circular'
  | 'value'
  | 'heatmap'
  | 'scatter'
  | 'funnel'
  | 'gauge'
  | 'map'
  | 'table';

export interface DashboardSummary {
  id: string;
  name: string;
  description: string;
}

/** What a colour means; the theme decides how it looks. */
export type ColorName = 'good' | 'warning' | 'bad' | 'accent' | 'neutral';

/** Values of a metric from `from` (inclusive) to below `to` are shown in a colour. */
export interface ColorRule {
  metric: string;
  from?: number;
  to?: number;
  color: ColorName;
}

/** How a chart is drawn. Each option is for the chart types that it names. */
export interface ChartOptions {
  /** bar, stackedBar. */
  horizontal?: boolean;
  /** stackedBar: each stack is 100 %. */
  percent?: boolean;
  /** circular. */
  donut?: boolean;
  /** combo: the metrics measured by the axis on the other side. */
  secondAxis?: string[];
  /** combo: the metrics drawn as lines; the others are bars. */
  lines?: string[];
  /** gauge. */
  minimum?: number;
  maximum?: number;
  /** gauge: colours of the scale, each from its `from` on. */
  steps?: { from: number; color: ColorName }[];
  /** value with one time dimension: the last period against the one before; the others are a spark line. */
  comparison?: 'previous';
  /** table. */
  totals?: boolean;
  /** table, heatmap, bar. */
  colors?: ColorRule[];
  /** map: names of dimensions. */
  latitude?: string;
  longitude?: string;
}

export interface Chart {
  id: string;
  name: string;
  type: ChartType;
  options?: ChartOptions;
  /** As servers before `options` told it. */
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
/** Weeks begin on Monday. `dayOfWeek` is 1 (Monday) to 7, `monthOfYear` 1 to 12, `hourOfDay` 0 to 23. */
export type Grain =
  | 'minute'
  | 'hour'
  | 'day'
  | 'week'
  | 'month'
  | 'quarter'
  | 'year'
  | 'hourOfDay'
  | 'dayOfWeek'
  | 'monthOfYear';

export interface NumberStyle {
  style: 'decimal' | 'percent' | 'currency';
  decimals?: number;
  unit?: string | null;
  /** ISO 4217, for the style `currency`. */
  currency?: string;
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
  /** Rows that stand for all categories that are not among the largest; their value is null. */
  otherAt?: number[];
  /** Of a metric over all rows, for a table with totals. */
  total?: Scalar;
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

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
  /** Whether embed tokens see it. For makers only. */
  published?: boolean;
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

/** A chart, or a text in Markdown. Servers before tabs give neither `id` nor `kind`: such tiles are charts. */
export interface Tile {
  id?: string;
  /** The tab it stands on; the first one when it is left out. */
  tab?: string;
  kind?: 'chart' | 'text';
  chart?: Chart;
  text?: string;
  layout: TileLayout;
}

export interface Tab {
  id: string;
  label: string;
}

/** One attribute of the token that narrows the rows, with the viewer's values. */
export interface ScopeItem {
  attribute: string;
  values: Scalar[];
}

export type FilterKind = 'category' | 'number' | 'date' | 'search';

/** What a viewer may narrow a dashboard by. A server before kinds gives only `id` and `label`: such are categories. */
export interface DashboardFilter {
  id: string;
  label: string;
  kind?: FilterKind;
  /** category: whether several values may be chosen. */
  multiple?: boolean;
  /** The charts that it acts on. */
  charts?: string[];
}

export type DatePreset =
  | 'today'
  | 'yesterday'
  | 'last7Days'
  | 'last30Days'
  | 'last90Days'
  | 'thisWeek'
  | 'thisMonth'
  | 'lastMonth'
  | 'thisQuarter'
  | 'thisYear'
  | 'lastYear';

/** Both ends belong to it; a date is `YYYY-MM-DD`. */
export interface NumberRange {
  from?: number;
  to?: number;
}
export interface DateRange {
  from?: string;
  to?: string;
}

/** What one filter keeps: values (null: those without one), a range, the days of a preset, or texts that contain one. */
export type FilterValue =
  Scalar[] | NumberRange | DateRange | { preset: DatePreset } | { contains: string };

/** Filter values by filter id. A filter without one keeps everything. */
export type Filters = Record<string, FilterValue>;

/** A viewer's choice in one chart, which narrows the others of the same table. */
export interface Selection {
  chart: string;
  dimension: string;
  grain?: Grain;
  values: Scalar[];
}

/** Where a point of a chart stands on one dimension. */
export interface RowPlace {
  dimension: string;
  grain?: Grain;
  binWidth?: number;
  value: Scalar;
}

/** Colours that a theme sets. What is left out stays. */
export interface ThemeColors {
  /** Of the series, at most ten. */
  colors?: string[];
  background?: string;
  surface?: string;
  text?: string;
  muted?: string;
  border?: string;
  accent?: string;
}

/** A theme: of the organization, of a dashboard, or of an element. */
export interface ThemeTokens extends ThemeColors {
  font?: string;
  /** Pixels. */
  radius?: number;
  density?: 'comfortable' | 'compact';
  dark?: ThemeColors;
}

/** `environment` and `expiresAt` are null and `scope` is empty for a signed-in person. */
export interface Dashboard extends DashboardSummary {
  environment: Environment | null;
  expiresAt: string | null;
  scope: ScopeItem[];
  tiles: Tile[];
  /** None or empty: one unnamed tab. */
  tabs?: Tab[];
  filters?: DashboardFilter[];
  theme?: ThemeTokens;
  /** The server's clock (RFC 3339). Servers that tell it also know `DataRequest` beyond its filters. */
  serverTime?: string;
  /** Whether the viewer may export data. */
  canExport?: boolean;
}

/** What is asked for the data of a dashboard. */
export interface DataRequest {
  filters?: Filters;
  selections?: Selection[];
  /** Width in pixels by chart id: there are never more points than pixels. */
  points?: Record<string, number>;
  /** Only these; all when left out. */
  charts?: string[];
  /** IANA name; what presets of dates mean. */
  timeZone?: string;
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

/** One line of the data answer. `thinnedFrom` is how many points there were. */
export type ChartResult =
  { chart: string; columns: Column[]; thinnedFrom?: number } | { chart: string; error: Problem };

/** A dashboard, or a chart on its own: both have data, rows and exports. */
export interface Source {
  kind: 'dashboard' | 'chart';
  id: string;
}

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
  const path = pathOf({ kind: 'dashboard', id });
  return sendForJson<Dashboard>(connection, { method: 'GET', path, signal });
}

/** The charts of a dashboard, in the order of its tiles. */
export function chartsOf({ tiles }: Dashboard): Chart[] {
  return tiles.flatMap(({ chart }) => (chart ? [chart] : []));
}

type LoneChart = Pick<
  Dashboard,
  'environment' | 'expiresAt' | 'scope' | 'serverTime' | 'theme' | 'canExport'
> & { chart: Chart };

/** What a source holds. A chart on its own is told as a dashboard with nothing but it. */
export async function describeSource(
  connection: Connection,
  source: Source,
  signal?: AbortSignal,
): Promise<Dashboard> {
  if (source.kind === 'dashboard') return getDashboard(connection, source.id, signal);
  const path = pathOf(source);
  const answer = await sendForJson<LoneChart>(connection, { method: 'GET', path, signal });
  const { chart, ...viewer } = answer;
  const layout = { x: 0, y: 0, width: 12, height: 4 };
  const tiles: Tile[] = [{ id: chart.id, kind: 'chart', chart, layout }];
  return { ...viewer, id: source.id, name: chart.name, description: '', tiles };
}

/**
 * Asks for the data of charts in one call and yields each chart's result as it arrives. Throws `AracariError` `cut_off`
 * when the answer ends without its end line, after having yielded what came.
 */
export async function* streamData(
  connection: Connection,
  source: Source,
  body: DataRequest,
  signal?: AbortSignal,
): AsyncGenerator<ChartResult, void, void> {
  const call = { method: 'POST', path: `${pathOf(source)}/data`, body, signal } as const;
  yield* readLinesUntilEnd<ChartResult>(await send(connection, call), signal);
}

/** Values of a category that a viewer may choose, or the ends of a range. */
export interface FilterChoices {
  values?: Scalar[];
  more?: boolean;
  least?: Scalar;
  greatest?: Scalar;
}

export function listFilterValues(
  connection: Connection,
  dashboard: string,
  filter: string,
  body: { search?: string; filters?: Filters },
  signal?: AbortSignal,
): Promise<FilterChoices> {
  const path = `${pathOf({ kind: 'dashboard', id: dashboard })}/filters/${encodeURIComponent(filter)}/values`;
  return sendForJson(connection, { method: 'POST', path, body, signal });
}

export interface RowsRequest extends Pick<DataRequest, 'filters' | 'selections' | 'timeZone'> {
  at?: RowPlace[];
  limit?: number;
}

/** The rows behind a chart, or behind one point of it. */
export async function listRows(
  connection: Connection,
  source: Source,
  chart: string,
  body: RowsRequest,
  signal?: AbortSignal,
): Promise<Column[]> {
  const path = `${chartPathOf(source, chart)}/rows`;
  const call = { method: 'POST', path, body, signal } as const;
  return (await sendForJson<{ columns: Column[] }>(connection, call)).columns;
}

export interface ExportRequest extends RowsRequest {
  format: 'csv' | 'xlsx';
  of: 'chart' | 'rows';
}

/** A file of a chart's result or rows. Its body is unread. */
export function exportChart(
  connection: Connection,
  source: Source,
  chart: string,
  body: ExportRequest,
  signal?: AbortSignal,
): Promise<Response> {
  const path = `${chartPathOf(source, chart)}/export`;
  return send(connection, { method: 'POST', path, body, signal });
}

function pathOf({ kind, id }: Source): string {
  return `/api/v1/${kind}s/${encodeURIComponent(id)}`;
}

function chartPathOf(source: Source, chart: string): string {
  const path = pathOf(source);
  return source.kind === 'chart' ? path : `${path}/charts/${encodeURIComponent(chart)}`;
}

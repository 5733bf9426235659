import type {
  ChartOptions,
  ChartType,
  Column,
  DatePreset,
  FilterKind,
  Grain,
  Scalar,
  Tab,
  ThemeTokens,
  TileLayout,
} from './dashboards.js';
import { type Call, ownServer, send, sendForJson } from './request.js';

/** How a chart groups: by values, by times cut to a grain, or by bins of a width. */
export interface ChartDimension {
  dimension: string;
  grain?: Grain;
  binWidth?: number;
}

/** Which rows a chart keeps. Bounds are inclusive; null among the values is a missing one. */
export type ChartFilter =
  | { dimension: string; values: Scalar[] }
  | { dimension: string; from?: number | string; to?: number | string }
  | { dimension: string; preset: DatePreset }
  | { dimension: string; contains: string };

/** What a chart asks of one table, and how it is drawn. */
export interface ChartSpec {
  table: string;
  type: ChartType;
  metrics: string[];
  dimensions: ChartDimension[];
  filters?: ChartFilter[];
  sort?: { by: string; descending: boolean };
  limitRows?: number;
  /** The largest values of the first dimension by the first metric; `other` adds up the rest. */
  top?: { count: number; other: boolean };
  options?: ChartOptions;
}

export interface NamedContent {
  id: string;
  name: string;
}

export interface StoredChart {
  id: string;
  name: string;
  /** Grows with each change. */
  version: number;
  spec: ChartSpec;
  /** Those that show it, drafts included. */
  dashboards: NamedContent[];
}

export interface ListedChart extends StoredChart {
  tableLabel: string;
}

interface TilePlace {
  id: string;
  /** Without it, on the first tab. */
  tab?: string;
  layout: TileLayout;
}

/** `text` is Markdown. */
export type DraftTile =
  (TilePlace & { kind: 'chart'; chart: string }) | (TilePlace & { kind: 'text'; text: string });

export interface DraftFilter {
  id: string;
  label: string;
  kind: FilterKind;
  /** Of a category: more than one value may be chosen. */
  multiple?: boolean;
  table: string;
  dimension: string;
  /** Ids of the charts that it acts on; without it, on every chart of its table. */
  charts?: string[];
}

export interface DashboardDraft {
  tabs: Tab[];
  tiles: DraftTile[];
  filters: DraftFilter[];
  theme: ThemeTokens;
}

export interface StoredDashboard {
  id: string;
  name: string;
  description: string;
  published: boolean;
  /** The draft differs from what viewers see. */
  hasDraft: boolean;
  /** Grows with each change. */
  version: number;
  draft: DashboardDraft;
}

export interface DashboardVersion {
  version: number;
  at: string;
  actor: string;
  /** The dashboard's name then. */
  name: string;
}

export interface ContentChange {
  kind: 'chart' | 'dashboard';
  name: string;
  change: 'created' | 'updated' | 'unchanged';
}

const path = '/api/v1/content';

export async function listCharts(signal?: AbortSignal): Promise<ListedChart[]> {
  const call = { method: 'GET', path: `${path}/charts`, signal } as const;
  return (await sendForJson<{ charts: ListedChart[] }>(ownServer, call)).charts;
}

export function getChart(id: string, signal?: AbortSignal): Promise<StoredChart> {
  return sendForJson(ownServer, { method: 'GET', path: chartPath(id), signal });
}

export function createChart(name: string, spec: ChartSpec): Promise<StoredChart> {
  const call = { method: 'POST', path: `${path}/charts`, body: { name, spec } } as const;
  return sendForJson(ownServer, call);
}

/** Throws 409 with the stored chart as `current` when `version` is not the present one. */
export function saveChart(
  id: string,
  version: number,
  name: string,
  spec: ChartSpec,
): Promise<StoredChart> {
  return sendForJson(ownServer, {
    method: 'PUT',
    path: chartPath(id),
    body: { version, name, spec },
  });
}

/** Throws 409 while a dashboard shows it, unless `force` takes it off them. */
export async function deleteChart(id: string, { force }: { force: boolean }): Promise<void> {
  await send(ownServer, { method: 'DELETE', path: `${chartPath(id)}${force ? '?force=1' : ''}` });
}

/** The result of a chart that need not be stored. Throws refusals that name the part: `spec.metrics[0]`. */
export async function previewChart(spec: ChartSpec, signal?: AbortSignal): Promise<Column[]> {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const body = { spec, ...(timeZone ? { timeZone } : {}) };
  const call = { method: 'POST', path: `${path}/charts/preview`, body, signal } as const;
  return (await sendForJson<{ columns: Column[] }>(ownServer, call)).columns;
}

export function createDashboard(name: string, description = ''): Promise<StoredDashboard> {
  const body = { name, ...(description ? { description } : {}) };
  return sendForDashboard({ method: 'POST', path: `${path}/dashboards`, body });
}

/** With its draft, which viewers do not see. */
export function getStoredDashboard(id: string, signal?: AbortSignal): Promise<StoredDashboard> {
  return sendForDashboard({ method: 'GET', path: storedPath(id), signal });
}

/**
 * Throws 409 when `version` is not the present one; `readStoredDashboard` reads what is stored then from its `current`.
 */
export function saveDashboard(
  id: string,
  version: number,
  { name, description, draft }: Pick<StoredDashboard, 'name' | 'description' | 'draft'>,
): Promise<StoredDashboard> {
  const tiles = draft.tiles.map(({ layout, ...tile }) => ({ ...tile, ...layout }));
  const body = { version, name, description, draft: { ...draft, tiles } };
  return sendForDashboard({ method: 'PUT', path: storedPath(id), body });
}

/** Puts the draft back to what viewers see. */
export function discardDraft(id: string): Promise<StoredDashboard> {
  return sendForDashboard({ method: 'POST', path: `${storedPath(id)}/discard`, body: {} });
}

export function duplicateDashboard(id: string): Promise<StoredDashboard> {
  return sendForDashboard({ method: 'POST', path: `${storedPath(id)}/duplicate`, body: {} });
}

export async function deleteDashboard(id: string): Promise<void> {
  await send(ownServer, { method: 'DELETE', path: storedPath(id) });
}

/** What was published, newest first. */
export async function listDashboardVersions(
  id: string,
  signal?: AbortSignal,
): Promise<DashboardVersion[]> {
  const call = { method: 'GET', path: `${storedPath(id)}/versions`, signal } as const;
  return (await sendForJson<{ versions: DashboardVersion[] }>(ownServer, call)).versions;
}

/** Puts what was published then into the draft. */
export function restoreDashboard(id: string, version: number): Promise<StoredDashboard> {
  const address = `${storedPath(id)}/versions/${version}/restore`;
  return sendForDashboard({ method: 'POST', path: address, body: {} });
}

/** A JSON file with the dashboard, its charts, and the names of their tables. */
export async function exportDashboard(id: string): Promise<Blob> {
  const address = `${path}/export?dashboard=${encodeURIComponent(id)}`;
  return (await send(ownServer, { method: 'GET', path: address })).blob();
}

/** Brings in such a file. A rehearsal changes nothing and tells what would change. */
export async function applyContent(
  content: unknown,
  { rehearsal }: { rehearsal: boolean },
): Promise<ContentChange[]> {
  const address = `${path}/apply${rehearsal ? '?dryRun=1' : ''}`;
  const call = { method: 'POST', path: address, body: content } as const;
  return (await sendForJson<{ changes: ContentChange[] }>(ownServer, call)).changes;
}

/** The organization's, for dashboards that say nothing else. */
export async function getTheme(signal?: AbortSignal): Promise<ThemeTokens> {
  const call = { method: 'GET', path: `${path}/theme`, signal } as const;
  return (await sendForJson<{ theme: ThemeTokens }>(ownServer, call)).theme;
}

export async function saveTheme(theme: ThemeTokens): Promise<ThemeTokens> {
  const call = { method: 'PUT', path: `${path}/theme`, body: { theme } } as const;
  return (await sendForJson<{ theme: ThemeTokens }>(ownServer, call)).theme;
}

/** What an answer or the `current` of a conflict says of a dashboard. Its tiles have their places beside the rest. */
export function readStoredDashboard(answer: unknown): StoredDashboard {
  const stored = answer as StoredDashboard & { draft: { tiles: FlatTile[] } };
  const { tabs = [], tiles = [], filters = [], theme = {} } = stored.draft;
  return { ...stored, draft: { tabs, tiles: tiles.map(readTile), filters, theme } };
}

type FlatTile = Omit<DraftTile, 'layout'> & TileLayout;

function readTile({ x, y, width, height, ...tile }: FlatTile): DraftTile {
  return { ...tile, layout: { x, y, width, height } } as DraftTile;
}

async function sendForDashboard(call: Call): Promise<StoredDashboard> {
  return readStoredDashboard(await sendForJson<unknown>(ownServer, call));
}

function chartPath(id: string): string {
  return `${path}/charts/${encodeURIComponent(id)}`;
}

function storedPath(id: string): string {
  return `${path}/dashboards/${encodeURIComponent(id)}`;
}

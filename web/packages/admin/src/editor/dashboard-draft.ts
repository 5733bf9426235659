import type {
  ChartSpec,
  ChartType,
  DashboardDraft,
  DraftFilter,
  DraftTile,
  StoredDashboard,
  Tab,
  TileLayout,
} from '@aracari/api';
import { moveWithin } from '../list-changes.js';
import { findFreePlace, gridColumns } from './tile-places.js';

/** All that is edited on the page of a dashboard. */
export type Edited = Pick<StoredDashboard, 'name' | 'description' | 'draft'>;

type NewTile = { kind: 'chart'; chart: string } | { kind: 'text'; text: string };
type Size = Pick<TileLayout, 'width' | 'height'>;

/** An id that no other tile, tab or filter has. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(9));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

export function editedOf({ name, description, draft }: StoredDashboard): Edited {
  return { name, description, draft };
}

/** The tab that a tile is on; empty where there are no tabs. */
export function tabOf({ tab }: DraftTile, tabs: Tab[]): string {
  return tabs.some(({ id }) => id === tab) ? (tab ?? '') : (tabs[0]?.id ?? '');
}

export function tilesOn({ tiles, tabs }: DashboardDraft, tab: string): DraftTile[] {
  return tiles.filter((tile) => tabOf(tile, tabs) === tab);
}

export function addTile(
  draft: DashboardDraft,
  tile: NewTile & { id: string },
  tab: string,
  size: Size,
): DashboardDraft {
  const layout = findFreePlace(tilesOn(draft, tab), size);
  const added: DraftTile = { ...tile, layout, ...(tab ? { tab } : {}) };
  return { ...draft, tiles: [...draft.tiles, added] };
}

export function removeTile(draft: DashboardDraft, id: string): DashboardDraft {
  return { ...draft, tiles: draft.tiles.filter((tile) => tile.id !== id) };
}

/** Takes over tiles that were moved or resized; the others stay as they are. */
export function withTiles(draft: DashboardDraft, changed: readonly DraftTile[]): DashboardDraft {
  const next = new Map(changed.map((tile) => [tile.id, tile]));
  return { ...draft, tiles: draft.tiles.map((tile) => next.get(tile.id) ?? tile) };
}

/** Puts a tile on another tab, at a free place there. */
export function moveToTab(draft: DashboardDraft, id: string, tab: string): DashboardDraft {
  const tile = draft.tiles.find((each) => each.id === id);
  if (!tile) return draft;
  const layout = findFreePlace(tilesOn(draft, tab), tile.layout);
  return withTiles(draft, [{ ...tile, tab, layout }]);
}

/** The first tab that is added makes two: what was there is on the one before it. */
export function addTab(draft: DashboardDraft, id: string, firstId: string): DashboardDraft {
  const tabs = draft.tabs.length > 0 ? draft.tabs : [{ id: firstId, label: 'Overview' }];
  const label = freeLabel(tabs.map((tab) => tab.label));
  return { ...draft, tabs: [...tabs, { id, label }] };
}

export function renameTab(draft: DashboardDraft, id: string, label: string): DashboardDraft {
  return { ...draft, tabs: draft.tabs.map((tab) => (tab.id === id ? { id, label } : tab)) };
}

export function moveTab(draft: DashboardDraft, id: string, step: 1 | -1): DashboardDraft {
  const at = draft.tabs.findIndex((tab) => tab.id === id);
  const to = at + step;
  if (at < 0 || to < 0 || to >= draft.tabs.length) return draft;
  // A tile without a tab is on the first one, and must stay where it is.
  const tiles = draft.tiles.map((tile) => ({ ...tile, tab: tabOf(tile, draft.tabs) }));
  return { ...draft, tiles, tabs: moveWithin(draft.tabs, at, to) };
}

/** With the tiles on it. A tab that is left alone is none. */
export function removeTab(draft: DashboardDraft, id: string): DashboardDraft {
  const left = draft.tabs.filter((tab) => tab.id !== id);
  const tabs = left.length > 1 ? left : [];
  const tiles = draft.tiles
    .filter((tile) => tabOf(tile, draft.tabs) !== id)
    .map((tile) => (tabs.length > 0 ? tile : withoutTab(tile)));
  return { ...draft, tabs, tiles };
}

function withoutTab(tile: DraftTile): DraftTile {
  const { tab: _, ...rest } = tile;
  return rest;
}

/** Whether a filter acts on a chart; undefined where it cannot, because the chart is of another table. */
export function actsOn(
  { table, charts }: DraftFilter,
  chart: { id: string; spec: Pick<ChartSpec, 'table'> },
): boolean | undefined {
  if (chart.spec.table !== table) return undefined;
  return charts ? charts.includes(chart.id) : true;
}

/** `candidates`: the ids of all charts that the filter can act on. All of them are said as “all”, so that later ones follow. */
export function toggleWire(filter: DraftFilter, chart: string, candidates: string[]): DraftFilter {
  const now = filter.charts ?? candidates;
  const next = now.includes(chart) ? now.filter((id) => id !== chart) : [...now, chart];
  const { charts: _, ...rest } = filter;
  return candidates.every((id) => next.includes(id)) ? rest : { ...rest, charts: next };
}

export function withFilterAt(draft: DashboardDraft, filter: DraftFilter): DashboardDraft {
  const known = draft.filters.some(({ id }) => id === filter.id);
  const filters = known
    ? draft.filters.map((each) => (each.id === filter.id ? filter : each))
    : [...draft.filters, filter];
  return { ...draft, filters };
}

export function removeFilter(draft: DashboardDraft, id: string): DashboardDraft {
  return { ...draft, filters: draft.filters.filter((filter) => filter.id !== id) };
}

/** How large a new tile of a chart is. */
export function sizeFor(type: ChartType): Size {
  switch (type) {
    case 'value':
      return { width: 3, height: 2 };
    case 'gauge':
      return { width: 4, height: 3 };
    case 'table':
    case 'map':
      return { width: 6, height: 5 };
    default:
      return { width: 6, height: 4 };
  }
}

/** How large a new tile of a text is: as wide as the grid, and as high as its lines, by a guess. */
export function sizeForText(text: string): Size {
  const lines = text
    .split('\n')
    .reduce((sum, line) => sum + Math.ceil((line.length || 1) / 120), 0);
  return {
    width: gridColumns,
    height: Math.min(6, Math.max(1, Math.ceil((60 + 22 * lines) / 96))),
  };
}

function freeLabel(taken: string[]): string {
  for (let number = taken.length + 1; ; number += 1) {
    const label = `Tab ${number}`;
    if (!taken.includes(label)) return label;
  }
}

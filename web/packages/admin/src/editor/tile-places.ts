import type { DraftTile, TileLayout } from '@aracari/api';

/** The grid of a dashboard: rows of 80 px, 16 px apart. */
export const gridColumns = 12;
export const rowHeight = 80;
export const gap = 16;

/** Smaller, and a tile could not be read or taken hold of. */
const leastWidth = 2;
const mostHeight = 50;

type Placed = Pick<DraftTile, 'id' | 'layout'>;

/** As they are read: from above, then from the left. */
export function inReadingOrder<T extends Placed>(tiles: readonly T[]): T[] {
  return [...tiles].sort((a, b) => a.layout.y - b.layout.y || a.layout.x - b.layout.x);
}

/** The first place, from above, where a tile of this size covers no other. */
export function findFreePlace(
  tiles: readonly Placed[],
  { width, height }: Pick<TileLayout, 'width' | 'height'>,
): TileLayout {
  const bottom = Math.max(0, ...tiles.map(({ layout }) => layout.y + layout.height));
  for (let y = 0; y < bottom; y += 1)
    for (let x = 0; x + width <= gridColumns; x += 1) {
      const place = { x, y, width, height };
      if (!tiles.some(({ layout }) => overlap(layout, place))) return place;
    }
  return { x: 0, y: bottom, width, height };
}

/** The tiles with one of them at another place: those that it would cover make room downwards. */
export function placeTile<T extends Placed>(
  tiles: readonly T[],
  id: string,
  wanted: TileLayout,
): T[] {
  const layout = withinGrid(wanted);
  const places = new Map([[id, layout]]);
  for (const tile of inReadingOrder(tiles)) {
    if (tile.id !== id) places.set(tile.id, makeRoom(tile.layout, [...places.values()]));
  }
  return tiles.map((tile) => ({ ...tile, layout: places.get(tile.id) ?? tile.layout }));
}

/** A tile one step earlier or later among those that are read from above, for where the grid is a list. */
export function moveInOrder<T extends Placed>(tiles: readonly T[], id: string, step: 1 | -1): T[] {
  const order = inReadingOrder(tiles);
  const at = order.findIndex((tile) => tile.id === id);
  const tile = order[at];
  const other = order[at + step];
  if (!tile || !other) return [...tiles];
  const [upper, lower] = step < 0 ? [tile, other] : [other, tile];
  const top = Math.min(tile.layout.y, other.layout.y);
  const raised = placeTile(tiles, upper.id, { ...upper.layout, y: top });
  const below = raised.find(({ id: each }) => each === upper.id)?.layout ?? upper.layout;
  const current = raised.find(({ id: each }) => each === lower.id)?.layout ?? lower.layout;
  if (current.y >= below.y + below.height) return raised;
  return placeTile(raised, lower.id, { ...current, y: below.y + below.height });
}

/** What an arrow key does to a tile; undefined for other keys. With Shift the size changes. */
export function nudge(layout: TileLayout, key: string, resize: boolean): TileLayout | undefined {
  const { x, y, width, height } = layout;
  const [right, down] =
    { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[key] ?? [];
  if (right === undefined || down === undefined) return undefined;
  return resize
    ? withinGrid({
        ...layout,
        width: Math.min(width + right, gridColumns - x),
        height: height + down,
      })
    : withinGrid({ ...layout, x: x + right, y: y + down });
}

function withinGrid({ x, y, width, height }: TileLayout): TileLayout {
  const fitting = clamp(width, leastWidth, gridColumns);
  return {
    x: clamp(x, 0, gridColumns - fitting),
    y: Math.max(0, y),
    width: fitting,
    height: clamp(height, 1, mostHeight),
  };
}

/** The layout, or as far below as it needs to be to cover none of the others. */
function makeRoom(layout: TileLayout, others: TileLayout[]): TileLayout {
  const inTheWay = others.filter((other) => overlap(other, layout));
  if (inTheWay.length === 0) return layout;
  const y = Math.max(...inTheWay.map((other) => other.y + other.height));
  return makeRoom({ ...layout, y }, others);
}

function overlap(a: TileLayout, b: TileLayout): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}

import type { DashboardDraft, DraftTile } from '@aracari/api';
import type { TabDeed } from './app-editor-tabs.js';
import {
  addTab,
  moveTab,
  moveToTab,
  newId,
  removeTab,
  removeTile,
  renameTab,
  tabOf,
  tilesOn,
  withTiles,
} from './dashboard-draft.js';
import type { TileDeed } from './editor-tile.js';
import { moveInOrder } from './tile-places.js';

/** What was asked for at a tile, done to the draft. */
export function applyTileDeed(
  draft: DashboardDraft,
  tile: DraftTile,
  deed: Exclude<TileDeed, 'edit' | 'wire'>,
): DashboardDraft {
  if (deed === 'remove') return removeTile(draft, tile.id);
  if (deed !== 'earlier' && deed !== 'later')
    return moveToTab(draft, tile.id, deed.slice('tab '.length));
  const beside = tilesOn(draft, tabOf(tile, draft.tabs));
  return withTiles(draft, moveInOrder(beside, tile.id, deed === 'earlier' ? -1 : 1));
}

/** What was asked for at a tab, done to the draft. */
export function applyTabDeed(
  draft: DashboardDraft,
  deed: Exclude<TabDeed, { name: 'show' }>,
): DashboardDraft {
  switch (deed.name) {
    case 'add':
      return addTab(draft, newId(), newId());
    case 'rename':
      return renameTab(draft, deed.id, deed.label);
    case 'remove':
      return removeTab(draft, deed.id);
    case 'earlier':
      return moveTab(draft, deed.id, -1);
    case 'later':
      return moveTab(draft, deed.id, 1);
  }
}

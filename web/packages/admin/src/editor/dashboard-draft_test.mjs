import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  actsOn,
  addTab,
  addTile,
  moveTab,
  moveToTab,
  removeTab,
  tabOf,
  tilesOn,
  toggleWire,
} from './dashboard-draft.js';
import { findDifferences } from './draft-differences.js';

const place = (x, y, width = 4, height = 2) => ({ x, y, width, height });
const chart = (id, layout, tab) => ({
  id,
  kind: 'chart',
  chart: `c_${id}`,
  layout,
  ...(tab ? { tab } : {}),
});
const empty = { tabs: [], tiles: [], filters: [], theme: {} };

test('a new tile takes the first free place of its tab', () => {
  const draft = { ...empty, tiles: [chart('a', place(0, 0)), chart('b', place(8, 0))] };
  const tile = { id: 'n', kind: 'text', text: 'Hello' };
  const added = addTile(draft, tile, '', { width: 4, height: 2 });
  assert.deepEqual(added.tiles[2], { ...tile, layout: place(4, 0) });
  const wide = addTile(draft, tile, '', { width: 12, height: 1 });
  assert.deepEqual(wide.tiles[2].layout, place(0, 2, 12, 1));
  assert.equal(draft.tiles.length, 2, 'the draft before is untouched');
});

test('the first tab that is added leaves what was there on another', () => {
  const draft = addTab({ ...empty, tiles: [chart('a', place(0, 0))] }, 'two', 'one');
  assert.deepEqual(draft.tabs, [
    { id: 'one', label: 'Overview' },
    { id: 'two', label: 'Tab 2' },
  ]);
  assert.equal(tabOf(draft.tiles[0], draft.tabs), 'one');
  assert.deepEqual(tilesOn(draft, 'two'), []);
});

test('a tile without a tab stays where it is when tabs change places', () => {
  const draft = addTab({ ...empty, tiles: [chart('a', place(0, 0))] }, 'two', 'one');
  const moved = moveTab(draft, 'one', 1);
  assert.deepEqual(
    moved.tabs.map(({ id }) => id),
    ['two', 'one'],
  );
  assert.equal(tabOf(moved.tiles[0], moved.tabs), 'one');
  assert.equal(moveTab(draft, 'one', -1), draft);
});

test('a tab goes with its tiles, and a tab that is left alone is none', () => {
  let draft = addTab({ ...empty, tiles: [chart('a', place(0, 0))] }, 'two', 'one');
  draft = { ...draft, tiles: [...draft.tiles, chart('b', place(0, 0), 'two')] };
  const left = removeTab(draft, 'one');
  assert.deepEqual(left.tabs, []);
  assert.deepEqual(left.tiles, [chart('b', place(0, 0))]);
});

test('on another tab a tile takes a free place', () => {
  const draft = {
    ...empty,
    tabs: [
      { id: 'one', label: 'A' },
      { id: 'two', label: 'B' },
    ],
    tiles: [chart('a', place(0, 0), 'one'), chart('b', place(0, 0), 'two')],
  };
  assert.deepEqual(moveToTab(draft, 'a', 'two').tiles[0], chart('a', place(4, 0), 'two'));
});

test('a filter acts on all charts of its table until one is taken out', () => {
  const filter = { id: 'f', label: 'State', kind: 'category', table: 't', dimension: 'state' };
  const of = (id, table = 't') => ({ id, spec: { table } });
  assert.equal(actsOn(filter, of('a')), true);
  assert.equal(actsOn(filter, of('a', 'other')), undefined);
  const without = toggleWire(filter, 'a', ['a', 'b']);
  assert.deepEqual(without.charts, ['b']);
  assert.equal(actsOn(without, of('a')), false);
  assert.equal(toggleWire(without, 'a', ['a', 'b']).charts, undefined);
});

test('two versions differ in what was changed, and in nothing else', () => {
  const mine = {
    name: 'Sales',
    description: '',
    draft: { ...empty, tiles: [chart('a', place(0, 0))] },
  };
  const theirs = {
    ...mine,
    name: 'Sales 2026',
    draft: { ...empty, tiles: [chart('a', place(4, 0)), chart('b', place(0, 2))] },
  };
  assert.deepEqual(
    findDifferences(mine, theirs, (id) => id),
    [
      { what: 'Name', mine: 'Sales', theirs: 'Sales 2026' },
      { what: 'c_a', mine: 'column 1, row 1, 4 × 2', theirs: 'column 5, row 1, 4 × 2' },
      { what: 'c_b', mine: 'Not there', theirs: 'column 1, row 3, 4 × 2' },
    ],
  );
  const reordered = {
    ...mine,
    draft: { theme: {}, filters: [], tiles: mine.draft.tiles, tabs: [] },
  };
  assert.deepEqual(
    findDifferences(mine, reordered, (id) => id),
    [],
  );
});

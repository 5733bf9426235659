import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findFreePlace, moveInOrder, nudge, placeTile } from './tile-places.js';

const place = (x, y, width = 4, height = 2) => ({ x, y, width, height });
const tile = (id, layout) => ({ id, layout });
const layouts = (tiles) => Object.fromEntries(tiles.map(({ id, layout }) => [id, layout]));

test('tiles that would be covered make room downwards, one after the other', () => {
  const tiles = [tile('a', place(0, 0)), tile('b', place(4, 0)), tile('c', place(4, 2))];
  assert.deepEqual(layouts(placeTile(tiles, 'a', place(2, 0))), {
    a: place(2, 0),
    b: place(4, 2),
    c: place(4, 4),
  });
});

test('no two tiles ever cover each other', () => {
  let seed = 7;
  const random = (below) => (seed = (seed * 48271) % 2147483647) % below;
  let tiles = Array.from({ length: 12 }, (_, index) =>
    tile(`t${index}`, place((index % 3) * 4, Math.floor(index / 3) * 2)),
  );
  for (let step = 0; step < 300; step += 1) {
    const wanted = place(random(14) - 1, random(12) - 1, random(14), random(6));
    tiles = placeTile(tiles, `t${random(12)}`, wanted);
    for (const a of tiles)
      for (const b of tiles) {
        const apart =
          a === b ||
          a.layout.x >= b.layout.x + b.layout.width ||
          b.layout.x >= a.layout.x + a.layout.width ||
          a.layout.y >= b.layout.y + b.layout.height ||
          b.layout.y >= a.layout.y + a.layout.height;
        assert.ok(apart, `step ${step}: ${JSON.stringify([a, b])}`);
        assert.ok(a.layout.x >= 0 && a.layout.x + a.layout.width <= 12 && a.layout.y >= 0);
      }
  }
});

test('arrows move, with Shift they resize, and never off the grid', () => {
  assert.deepEqual(nudge(place(0, 0), 'ArrowRight', false), place(1, 0));
  assert.deepEqual(nudge(place(0, 0), 'ArrowLeft', false), place(0, 0));
  assert.deepEqual(nudge(place(8, 0), 'ArrowRight', false), place(8, 0));
  assert.deepEqual(nudge(place(8, 0), 'ArrowRight', true), place(8, 0));
  assert.deepEqual(nudge(place(0, 0), 'ArrowDown', true), place(0, 0, 4, 3));
  assert.deepEqual(nudge(place(0, 0, 2, 1), 'ArrowUp', true), place(0, 0, 2, 1));
  assert.equal(nudge(place(0, 0), 'Enter', false), undefined);
});

test('the first gap is taken, and the end where there is none', () => {
  const tiles = [tile('a', place(0, 0, 6, 2)), tile('b', place(0, 2, 12, 1))];
  assert.deepEqual(findFreePlace(tiles, { width: 6, height: 2 }), place(6, 0, 6, 2));
  assert.deepEqual(findFreePlace(tiles, { width: 8, height: 2 }), place(0, 3, 8, 2));
  assert.deepEqual(findFreePlace([], { width: 8, height: 2 }), place(0, 0, 8, 2));
});

test('one step later in the order, a tile is read after the next one', () => {
  const tiles = [tile('a', place(0, 0)), tile('b', place(0, 2)), tile('c', place(0, 4))];
  const order = (list) => [...list].sort((x, y) => x.layout.y - y.layout.y).map(({ id }) => id);
  assert.deepEqual(order(moveInOrder(tiles, 'a', 1)), ['b', 'a', 'c']);
  assert.deepEqual(order(moveInOrder(tiles, 'c', -1)), ['a', 'c', 'b']);
  assert.deepEqual(moveInOrder(tiles, 'c', 1), tiles);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { placesOf, selectionsOf, toggleSelection } from './choices.ts';

const day = { dimension: 'day', grain: 'day', value: '2026-01-01' };
const plan = { dimension: 'plan', value: 'Free' };

test('a place of two dimensions selects by both', () => {
  assert.deepEqual(selectionsOf('c', [day, plan]), [
    { chart: 'c', dimension: 'day', values: ['2026-01-01'], grain: 'day' },
    { chart: 'c', dimension: 'plan', values: ['Free'] },
  ]);
});

test('bins and the rest of all others cannot be selected', () => {
  assert.deepEqual(
    selectionsOf('c', [
      { ...plan, other: true },
      { ...plan, binWidth: 5 },
    ]),
    [],
  );
  assert.deepEqual(
    placesOf([
      { ...plan, other: true },
      { ...plan, binWidth: 5 },
    ]),
    [{ dimension: 'plan', binWidth: 5, value: 'Free' }],
  );
});

test('the same place again undoes it, and other charts keep theirs', () => {
  const first = toggleSelection([], 'a', [plan]);
  const both = toggleSelection(first, 'b', [day]);
  assert.deepEqual(
    both.map(({ chart }) => chart),
    ['a', 'b'],
  );
  assert.deepEqual(toggleSelection(both, 'a', [plan]), selectionsOf('b', [day]));
  const moved = toggleSelection(both, 'a', [{ ...plan, value: 'Team' }]);
  assert.deepEqual(moved.find(({ chart }) => chart === 'a')?.values, ['Team']);
});

import assert from 'node:assert/strict';
import test from 'node:test';
import { compareCharts } from './compare-results.ts';

const dimension = (values) => ({ name: 'origin', label: 'Origin', role: 'dimension', values });
const metric = (values, name = 'flights') => ({ name, label: name, role: 'metric', values });

test('the same answers have no difference', () => {
  const columns = [dimension(['A', 'B']), metric([1, null])];
  assert.deepEqual(compareCharts(columns, structuredClone(columns)), { same: 2, differences: [] });
});

test('rows are compared by their dimensions, not by their place', () => {
  const first = [dimension(['A', 'B']), metric([1, 2])];
  const second = [dimension(['B', 'A']), metric([2, 3])];
  const { same, differences } = compareCharts(first, second);
  assert.equal(same, 1);
  assert.deepEqual(
    differences.map(({ where, first: a, second: b }) => [where, a, b]),
    [[['A'], 1, 3]],
  );
});

test('a row that only one sees differs, and is not taken for zero or NULL', () => {
  const { differences } = compareCharts(
    [dimension(['A']), metric([null])],
    [dimension(['B']), metric([0])],
  );
  assert.deepEqual(
    differences.map(({ where, first, second }) => [where[0], first, second]),
    [
      ['A', null, undefined],
      ['B', undefined, 0],
    ],
  );
});

test('a single number, and a metric that is hidden from one', () => {
  assert.equal(compareCharts([metric([1])], [metric([2])]).differences.length, 1);
  const { same, differences } = compareCharts([metric([1]), metric([5], 'pay')], [metric([1])]);
  assert.equal(same, 1);
  assert.deepEqual(
    differences.map((each) => [each.metric, each.first, each.second]),
    [['pay', 5, undefined]],
  );
});

test('nothing on one side', () => {
  assert.equal(compareCharts([dimension(['A']), metric([1])], []).differences.length, 1);
  assert.deepEqual(compareCharts([], []), { same: 0, differences: [] });
});

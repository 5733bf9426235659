import assert from 'node:assert/strict';
import { test } from 'node:test';
import { orderRows } from './row-order.ts';

const name = {
  name: 'n',
  role: 'dimension',
  type: 'string',
  values: ['b10', 'ä', null, 'b9', 'a'],
};
const number = { name: 'm', role: 'metric', type: 'integer', values: [3, null, 10, 1, 3] };
const order = (column, descending) => [
  ...orderRows([name, number], 5, column === undefined ? undefined : { column, descending }, 'de'),
];

test('rows are as they came until somebody sorts', () => {
  assert.deepEqual(order(undefined), [0, 1, 2, 3, 4]);
});

test('words are in the order of the language, numbers by size, empty ones last either way', () => {
  assert.deepEqual(order(0, false), [4, 1, 3, 0, 2]);
  assert.deepEqual(order(0, true), [0, 3, 1, 4, 2]);
  assert.deepEqual(order(1, true), [2, 0, 4, 3, 1]);
  assert.deepEqual(order(1, false), [3, 0, 4, 2, 1]);
});

test('a hundred thousand rows are sorted in a moment', () => {
  const values = Array.from({ length: 100_000 }, (_, at) => (at * 7919) % 100_003);
  const started = performance.now();
  const rows = orderRows(
    [{ ...number, values }],
    values.length,
    { column: 0, descending: false },
    'en',
  );
  assert.ok(performance.now() - started < 2000);
  for (let at = 1; at < rows.length; at += 1) assert.ok(values[rows[at - 1]] <= values[rows[at]]);
});

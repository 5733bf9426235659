import assert from 'node:assert/strict';
import test from 'node:test';
import { newCondition, withColumn, withOperator } from './new-rule.ts';

const column = (name, type) => ({ name, type, access: 'visible' });
const city = column('city', 'string');
const state = column('state', 'string');
const distance = column('distance', 'integer');
const date = column('date', 'date');
const attributes = [{ name: 'state', type: 'string', list: false }];

test('a new condition takes the column that is called like an attribute', () => {
  assert.deepEqual(newCondition([city, state], attributes), {
    column: 'state',
    operator: 'isEqualTo',
    attribute: 'state',
  });
});

test('else it takes a column whose type fits an attribute', () => {
  assert.deepEqual(newCondition([distance, city], attributes), {
    column: 'city',
    operator: 'isEqualTo',
    attribute: 'state',
  });
});

test('without attributes it waits for a value, never for an empty attribute', () => {
  assert.deepEqual(newCondition([city], []), {
    column: 'city',
    operator: 'isEqualTo',
    type: 'string',
    values: [],
  });
});

test('another column brings operands of its type, and an operator that fits', () => {
  const contains = { column: 'city', operator: 'contains', type: 'string', values: ['x'] };
  assert.deepEqual(withColumn(contains, distance, attributes), {
    column: 'distance',
    operator: 'isEqualTo',
    type: 'integer',
    values: [],
  });
});

test('another operator keeps the operand where both take one', () => {
  const equal = { column: 'state', operator: 'isEqualTo', attribute: 'state' };
  assert.deepEqual(withOperator(equal, 'isDifferentFrom', state, attributes), {
    ...equal,
    operator: 'isDifferentFrom',
  });
  const list = { column: 'city', operator: 'isIn', type: 'string', values: ['a', 'b'] };
  assert.deepEqual(withOperator(list, 'isNotIn', city, attributes).values, ['a', 'b']);
  assert.deepEqual(withOperator(list, 'isEqualTo', city, attributes).values, ['a']);
});

test('no operand is left where none is taken, and days are not taken for dates', () => {
  const equal = { column: 'date', operator: 'isEqualTo', type: 'date', values: ['2026-01-01'] };
  assert.deepEqual(withOperator(equal, 'isSet', date, attributes), {
    column: 'date',
    operator: 'isSet',
  });
  assert.deepEqual(withOperator(equal, 'isInLastDays', date, attributes), {
    column: 'date',
    operator: 'isInLastDays',
    type: 'integer',
    values: [],
  });
  assert.deepEqual(withOperator(equal, 'isBetween', date, attributes).from, {
    type: 'date',
    values: [],
  });
});

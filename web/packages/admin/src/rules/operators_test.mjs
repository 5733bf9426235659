import assert from 'node:assert/strict';
import test from 'node:test';
import {
  attributeFits,
  isOffered,
  nameOfOperator,
  operandsOf,
  operatorsFor,
  userOperatorsFor,
} from './operators.ts';

const set = ['isSet', 'isNotSet'];
const order = ['isGreaterThan', 'isGreaterOrEqual', 'isLessThan', 'isLessOrEqual', 'isBetween'];
const offered = {
  string: ['isEqualTo', 'isDifferentFrom', 'isIn', 'isNotIn', 'contains', 'startsWith', ...set],
  integer: ['isEqualTo', 'isDifferentFrom', 'isIn', 'isNotIn', ...order, ...set],
  numeric: ['isEqualTo', 'isDifferentFrom', 'isIn', 'isNotIn', ...order, ...set],
  boolean: ['isEqualTo', 'isDifferentFrom', ...set],
  date: ['isEqualTo', 'isDifferentFrom', 'isIn', 'isNotIn', ...order, 'isInLastDays', ...set],
  datetime: ['isEqualTo', 'isDifferentFrom', 'isIn', 'isNotIn', ...order, 'isInLastDays', ...set],
};

for (const [type, operators] of Object.entries(offered)) {
  test(`a ${type} column is offered exactly the operators of its type`, () => {
    assert.deepEqual(operatorsFor(type).toSorted(), operators.toSorted());
  });
}

test('a condition on the user never asks for the last days', () => {
  assert.ok(!userOperatorsFor('date').includes('isInLastDays'));
  assert.ok(isOffered('isInLastDays', 'date'));
});

test('days and moments are sooner and later, numbers less and greater', () => {
  assert.equal(nameOfOperator('isLessThan', 'date'), 'is sooner than');
  assert.equal(nameOfOperator('isGreaterThan', 'datetime'), 'is later than');
  assert.equal(nameOfOperator('isLessThan', 'integer'), 'is less than');
  assert.equal(nameOfOperator('isInLastDays', 'date'), 'in the last N days');
});

test('operands are none, one, or two for a range', () => {
  assert.deepEqual(['isSet', 'isNotSet', 'isIn', 'isBetween'].map(operandsOf), [0, 0, 1, 2]);
});

test('an attribute fits a column of its own type only, but Integer fits Numeric', () => {
  const one = (type) => ({ type, list: false });
  assert.ok(attributeFits(one('string'), 'isEqualTo', 'string'));
  assert.ok(attributeFits(one('integer'), 'isEqualTo', 'numeric'));
  assert.ok(!attributeFits(one('numeric'), 'isEqualTo', 'integer'));
  assert.ok(!attributeFits(one('date'), 'isEqualTo', 'datetime'));
  assert.ok(!attributeFits(one('string'), 'isEqualTo', 'integer'));
});

test('a list fits only where a list is compared with, and days are counted by an Integer', () => {
  const list = { type: 'string', list: true };
  assert.ok(attributeFits(list, 'isIn', 'string'));
  assert.ok(!attributeFits(list, 'isEqualTo', 'string'));
  assert.ok(!attributeFits(list, 'contains', 'string'));
  assert.ok(attributeFits({ type: 'integer', list: false }, 'isInLastDays', 'date'));
  assert.ok(!attributeFits({ type: 'date', list: false }, 'isInLastDays', 'date'));
  assert.ok(!attributeFits({ type: 'numeric', list: false }, 'isInLastDays', 'date'));
});

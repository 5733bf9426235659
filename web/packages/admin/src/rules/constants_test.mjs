import assert from 'node:assert/strict';
import test from 'node:test';
import { isConstant, readConstant, typedConstant } from './constants.ts';

test('what is typed is read as the type says', () => {
  assert.equal(readConstant('string', ' Paris '), ' Paris ');
  assert.equal(readConstant('integer', '42'), 42);
  assert.equal(readConstant('numeric', '-1.5'), -1.5);
  assert.equal(readConstant('boolean', 'false'), false);
  assert.equal(readConstant('date', '2026-01-31'), '2026-01-31');
});

test('times are in UTC, whatever the zone of the browser', () => {
  assert.equal(readConstant('datetime', '2026-01-31T09:30'), '2026-01-31T09:30:00Z');
  assert.equal(typedConstant('datetime', '2026-01-31T09:30:00Z'), '2026-01-31T09:30:00');
});

test('what cannot be read stays a text that is no constant', () => {
  for (const [type, typed] of [
    ['integer', '4.5'],
    ['integer', ''],
    ['integer', '12345678901234567890'],
    ['numeric', 'many'],
    ['numeric', ''],
    ['boolean', 'maybe'],
    ['date', '2026-13-01'],
    ['datetime', 'yesterday'],
  ]) {
    const value = readConstant(type, typed);
    assert.equal(typeof value, 'string', `${type} ${typed}`);
    assert.ok(!isConstant(type, value), `${type} ${typed}`);
  }
});

test('a value of another type is no constant', () => {
  assert.ok(!isConstant('string', 4));
  assert.ok(!isConstant('integer', true));
  assert.ok(!isConstant('integer', 1.5));
  assert.ok(!isConstant('numeric', Number.NaN));
  assert.ok(!isConstant('boolean', 'true'));
  assert.ok(!isConstant('date', undefined));
  assert.ok(isConstant('string', ''));
  assert.ok(isConstant('datetime', '2026-01-31T09:30:00Z'));
});

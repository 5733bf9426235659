import assert from 'node:assert/strict';
import test from 'node:test';
import { readBound, readColumn, readRule, readTogether } from './rule-sentence.ts';

const columns = {
  origin_state: 'string',
  date: 'datetime',
  distance: 'integer',
  paid: 'boolean',
};
const attributes = { state: 'string', plan: 'string', since: 'date', days: 'integer' };
const read = (rows, extra = {}) =>
  readRule(
    { name: 'A rule', rows, ...extra },
    (name) => columns[name],
    (name) => attributes[name],
  );
const byState = { column: 'origin_state', operator: 'isEqualTo', attribute: 'state' };

test('a column and an attribute', () => {
  assert.equal(read(byState), "Rows where origin_state is equal to the token's state.");
});

test('constants: one, several, many', () => {
  const inList = (values) =>
    read({ column: 'origin_state', operator: 'isIn', type: 'string', values });
  assert.equal(inList(['TX']), 'Rows where origin_state is in “TX”.');
  assert.equal(inList(['TX', 'NY', 'CA']), 'Rows where origin_state is in “TX”, “NY” or “CA”.');
  assert.equal(
    inList([...'abcdefg']),
    'Rows where origin_state is in “a”, “b”, “c”, “d”, “e” or 2 more.',
  );
});

test('times are sooner or later', () => {
  const values = ['2001-02-01T00:00:00Z'];
  assert.equal(
    read({ column: 'date', operator: 'isLessThan', type: 'datetime', values }),
    'Rows where date is sooner than “2001-02-01T00:00:00Z”.',
  );
});

test('the last days, counted by the rule or by the token', () => {
  const last = (operand) => read({ column: 'date', operator: 'isInLastDays', ...operand });
  assert.equal(last({ type: 'integer', values: [7] }), 'Rows where date is in the last 7 days.');
  assert.equal(last({ type: 'integer', values: [1] }), 'Rows where date is in the last 1 day.');
  assert.equal(
    last({ attribute: 'days' }),
    "Rows where date is in the last N days, N being the token's days.",
  );
});

test('a range, and what needs no operand', () => {
  const from = { type: 'integer', values: [10] };
  const to = { attribute: 'days' };
  assert.equal(
    read({ column: 'distance', operator: 'isBetween', from, to }),
    "Rows where distance is between 10 and the token's days.",
  );
  assert.equal(read({ column: 'paid', operator: 'isNotSet' }), 'Rows where paid is not set.');
});

test('groups within groups are put into brackets', () => {
  const paid = { column: 'paid', operator: 'isEqualTo', type: 'boolean', values: [true] };
  const set = { column: 'date', operator: 'isSet' };
  assert.equal(
    read({ and: [byState, { or: [paid, set] }] }),
    "Rows where origin_state is equal to the token's state and (paid is equal to true or date is set).",
  );
  assert.equal(
    read({ and: [{ or: [paid] }, { and: [set] }] }),
    'Rows where paid is equal to true and date is set.',
  );
});

test('whom a rule applies to comes first', () => {
  const plan = { attribute: 'plan', operator: 'isEqualTo', type: 'string', values: ['free'] };
  assert.equal(
    read(byState, { if: { and: [{ role: ['explorer', 'maker'] }, plan] } }),
    "If the user's role is explorer or maker and the token's plan is equal to “free”: " +
      "rows where origin_state is equal to the token's state.",
  );
  const since = {
    attribute: 'since',
    operator: 'isBetween',
    type: 'date',
    values: ['2001-01-01', '2001-02-01'],
  };
  assert.match(
    read(byState, { if: since }),
    /^If the token's since is between “2001-01-01” and “2001-02-01”:/,
  );
});

test('what is not filled in yet is a gap, never “undefined”', () => {
  for (const rows of [
    { column: '', operator: 'isEqualTo', attribute: '' },
    { column: 'distance', operator: 'isBetween' },
    { column: 'origin_state', operator: 'isIn', type: 'string', values: [] },
    { column: 'date', operator: 'isInLastDays', type: 'integer', values: [] },
  ]) {
    const sentence = read(rows);
    assert.match(sentence, /…/);
    assert.doesNotMatch(sentence, /undefined|null|NaN/);
  }
});

test('a column with exceptions', () => {
  assert.equal(
    readColumn('visible', [{ if: { role: ['explorer'] }, access: 'hidden' }], () => undefined),
    "Hidden if the user's role is explorer; else visible.",
  );
  assert.equal(
    readColumn('masked', [], () => undefined),
    'Masked.',
  );
});

test('a bound condition names the value and the attribute it came from', () => {
  assert.equal(
    readBound({
      rule: 'r',
      column: 'origin_state',
      operator: 'isEqualTo',
      attribute: 'state',
      values: ['TX'],
    }),
    "origin_state is equal to “TX”, the token's state",
  );
  assert.equal(
    readBound({ rule: 'r', column: 'date', operator: 'isLessThan', values: ['2001-02-01'] }),
    'date is sooner than “2001-02-01”',
  );
  assert.equal(
    readBound({ rule: 'r', column: 'date', operator: 'isInLastDays', values: [7] }),
    'date is in the last 7 days',
  );
});

test('what rules mean together is said in words', () => {
  const plain = { name: 'a', rows: byState };
  const conditional = { ...plain, if: { role: ['explorer'] } };
  assert.match(readTogether([]), /nobody/);
  assert.match(readTogether([plain]), /everyone/);
  assert.match(readTogether([conditional]), /no rows/);
  assert.match(readTogether([plain, conditional]), /every rule.*AND/);
  assert.doesNotMatch(readTogether([plain, conditional]), /no rows/);
  assert.match(readTogether([conditional, conditional]), /none applies see no rows/);
});

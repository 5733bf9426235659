import assert from 'node:assert/strict';
import test from 'node:test';
import { checkColumns, checkRules } from './rule-checks.ts';

const columns = [
  { name: 'state', type: 'string', access: 'visible' },
  { name: 'distance', type: 'integer', access: 'visible' },
  { name: 'paid', type: 'boolean', access: 'visible' },
  { name: 'date', type: 'date', access: 'visible' },
  { name: 'old', type: 'string', access: 'visible', gone: true },
];
const attributes = [
  { name: 'state', type: 'string', list: false },
  { name: 'states', type: 'string', list: true },
  { name: 'limit', type: 'numeric', list: false },
];
const scope = { columns, attributes };
const check = (rows, extra = {}) => checkRules([{ name: 'A rule', rows, ...extra }], scope);
const fields = (problems) => problems.map(({ field }) => field);
const good = { column: 'state', operator: 'isEqualTo', attribute: 'state' };

test('nothing to say about rules that are whole', () => {
  assert.deepEqual(check(good), []);
  assert.deepEqual(check({ column: 'state', operator: 'isIn', attribute: 'states' }), []);
  assert.deepEqual(check({ column: 'paid', operator: 'isSet' }), []);
  assert.deepEqual(
    check({ column: 'date', operator: 'isInLastDays', type: 'integer', values: [0] }),
    [],
  );
  const bound = (value) => ({ type: 'integer', values: [value] });
  assert.deepEqual(
    check({ column: 'distance', operator: 'isBetween', from: bound(1), to: bound(1) }),
    [],
  );
});

test('each problem is at the path that the server would name', () => {
  assert.deepEqual(fields(check(good, { name: ' ' })), ['rules[0].name']);
  assert.deepEqual(fields(check({ and: [good, { or: [{ ...good, column: '' }] }] })), [
    'rules[0].rows.and[1].or[0].column',
  ]);
  assert.deepEqual(fields(check({ ...good, attribute: '' })), ['rules[0].rows.attribute']);
  assert.deepEqual(fields(check(good, { if: { and: [{ role: [] }] } })), [
    'rules[0].if.and[0].role',
  ]);
});

test('columns that are gone and operators that do not fit are refused', () => {
  assert.deepEqual(fields(check({ ...good, column: 'old' })), ['rules[0].rows.column']);
  assert.deepEqual(fields(check({ ...good, column: 'never' })), ['rules[0].rows.column']);
  assert.deepEqual(fields(check({ ...good, column: 'paid', operator: 'contains' })), [
    'rules[0].rows.operator',
  ]);
});

test('attributes that are not registered, lists for one value, and other types are refused', () => {
  for (const attribute of ['unknown', 'states', 'limit'])
    assert.deepEqual(fields(check({ ...good, attribute })), ['rules[0].rows.attribute']);
  assert.deepEqual(
    fields(check({ column: 'distance', operator: 'isEqualTo', attribute: 'limit' })),
    ['rules[0].rows.attribute'],
  );
});

test('constants of another type are refused, and so are none and too many', () => {
  const equal = (values) =>
    check({ column: 'distance', operator: 'isEqualTo', type: 'integer', values });
  for (const values of [[], ['many'], [1.5], [1, 2]])
    assert.deepEqual(fields(equal(values)), ['rules[0].rows.values'], JSON.stringify(values));
  assert.deepEqual(equal([1]), []);
});

test('bounds must be there and the right way round', () => {
  const bound = (...values) => ({ type: 'integer', values });
  const between = (from, to) =>
    fields(check({ column: 'distance', operator: 'isBetween', from, to }));
  assert.deepEqual(between(bound(), bound(2)), ['rules[0].rows.from.values']);
  assert.deepEqual(between(bound(3), bound(2)), ['rules[0].rows.to']);
  assert.deepEqual(between({ attribute: 'state' }, bound(2)), ['rules[0].rows.from.attribute']);
});

test('days are counted from 0', () => {
  const last = (value) =>
    fields(check({ column: 'date', operator: 'isInLastDays', type: 'integer', values: [value] }));
  assert.deepEqual(last(-1), ['rules[0].rows.values']);
});

test('exceptions of columns are checked like an if', () => {
  const withException = (condition) =>
    columns.map((column, index) =>
      index === 1 ? { ...column, exceptions: [{ if: condition, access: 'hidden' }] } : column,
    );
  assert.deepEqual(fields(checkColumns(withException({ role: [] }), scope)), [
    'columns[1].exceptions[0].if.role',
  ]);
  assert.deepEqual(
    fields(
      checkColumns(
        withException({ attribute: 'state', operator: 'isGreaterThan', type: 'string' }),
        scope,
      ),
    ),
    ['columns[1].exceptions[0].if.operator'],
  );
  assert.deepEqual(checkColumns(withException({ role: ['explorer'] }), scope), []);
});

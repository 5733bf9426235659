import assert from 'node:assert/strict';
import test from 'node:test';
import { describePlace, draftOf, isChanged, summarize } from './table-draft.ts';

const condition = { column: 'state', operator: 'isEqualTo', attribute: 'state' };
const table = {
  id: 't',
  databaseId: 'd',
  name: 'flights',
  label: 'Flights',
  description: '',
  access: 'restricted',
  columns: [
    { name: 'state', type: 'string', access: 'visible' },
    {
      name: 'pay',
      type: 'numeric',
      access: 'masked',
      exceptions: [{ if: { role: ['maker'] }, access: 'visible' }],
    },
  ],
  metrics: [],
  dimensions: [],
  rules: [{ id: 'r', name: 'By state', rows: condition }],
  version: 3,
  problems: [],
};

test('a table that was only opened is not changed', () => {
  assert.ok(!isChanged(draftOf(table), table));
});

test('trees have a group at their root, so that conditions can be added', () => {
  const draft = draftOf(table);
  assert.deepEqual(draft.rules[0].rows, { and: [condition] });
  assert.deepEqual(draft.columns[1].exceptions[0].if, { and: [{ role: ['maker'] }] });
  assert.equal('if' in draft.rules[0], false);
});

test('the draft holds what may be changed and nothing else', () => {
  const draft = draftOf(table);
  for (const part of ['id', 'databaseId', 'name', 'version', 'problems', 'statement'])
    assert.equal(part in draft, false, part);
});

test('a change back is no change', () => {
  const draft = { ...draftOf(table), access: 'shared' };
  assert.ok(isChanged(draft, table));
  assert.ok(!isChanged({ ...draft, access: 'restricted' }, table));
});

test('the summary says what was changed', () => {
  const draft = draftOf(table);
  assert.equal(summarize(draft, table), '');
  assert.equal(
    summarize({ ...draft, access: 'shared', rules: [] }, table),
    'Changed access restricted → shared, rules (1 fewer)',
  );
  assert.doesNotMatch(summarize({ ...draft, label: 'x' }, table), /rules|columns/);
});

test('places are named as a person knows them', () => {
  assert.equal(describePlace('rules[0].rows.and[1].column', table), 'Rule “By state”');
  assert.equal(describePlace('columns[1].exceptions[0].if.role', table), 'Column pay');
  assert.equal(describePlace('metrics[4].name', table), 'Metric 5');
  assert.equal(describePlace('label', table), 'label');
  assert.equal(describePlace('rulesque[0]', table), 'rulesque[0]');
});

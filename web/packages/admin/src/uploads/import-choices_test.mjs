import assert from 'node:assert/strict';
import test from 'node:test';
import {
  chosenColumns,
  noChoices,
  placeOf,
  typeOf,
  withToggled,
  withType,
} from './import-choices.ts';

const column = (name, type, offers = [type, 'string']) => ({ name, type, offers, samples: [] });
const described = {
  format: 'csv',
  columns: [column('id', 'integer'), column('amount', 'numeric'), column('note', 'string')],
};

test('without a choice every column comes in as it was found', () => {
  assert.deepEqual(chosenColumns(described, noChoices), [
    { name: 'id', type: 'integer' },
    { name: 'amount', type: 'numeric' },
    { name: 'note', type: 'string' },
  ]);
});

test('a chosen type is kept while it is offered, and never sent when it is not', () => {
  const choices = withType(noChoices, 'id', 'string');
  assert.equal(typeOf(described.columns[0], choices), 'string');
  const looked = column('id', 'date', ['date']);
  assert.equal(typeOf(looked, choices), 'date');
  assert.equal(typeOf(column('id', 'numeric'), choices), 'string');
});

test('what is left out is not sent, and comes back', () => {
  const without = withToggled(noChoices, 'amount');
  assert.deepEqual(
    chosenColumns(described, without).map(({ name }) => name),
    ['id', 'note'],
  );
  assert.deepEqual(
    chosenColumns(described, withToggled(without, 'amount')),
    chosenColumns(described, noChoices),
  );
  assert.equal(noChoices.leftOut.size, 0);
});

test('a refusal is found at the column that was sent at this place', () => {
  const without = withToggled(noChoices, 'id');
  assert.equal(placeOf(described, without, 'note'), 'columns[1]');
  assert.equal(placeOf(described, without, 'id'), undefined);
});

test('a column called like a member of every object is a column like others', () => {
  const odd = {
    format: 'csv',
    columns: [column('constructor', 'integer'), column('__proto__', 'integer')],
  };
  assert.deepEqual(
    chosenColumns(odd, withType(noChoices, '__proto__', 'string')).map(({ type }) => type),
    ['integer', 'string'],
  );
});

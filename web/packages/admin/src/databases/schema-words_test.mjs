import assert from 'node:assert/strict';
import test from 'node:test';
import { countOf, describeChanges, formatBytes } from './schema-words.ts';

test('a refresh says what is new, changed and gone', () => {
  const changes = {
    added: ['invoices', 'orders.note'],
    changed: [{ table: 'orders', column: 'amount', from: 'integer', to: 'numeric' }],
    vanished: [{ table: 'refunds' }, { table: 'orders', column: 'paid' }],
  };
  assert.deepEqual(describeChanges(changes), [
    'New table invoices, hidden.',
    'New column orders.note, hidden.',
    'orders.amount was integer and is now numeric.',
    'Table refunds is gone.',
    'orders.paid is gone.',
  ]);
});

test('nothing new is nothing to say', () => {
  assert.deepEqual(describeChanges({ added: [], changed: [], vanished: [] }), []);
});

test('sizes and counts', () => {
  assert.deepEqual([0, 999, 1500, 12_345_678, 5e12].map(formatBytes), [
    '0 B',
    '999 B',
    '1.5 kB',
    '12 MB',
    '5.0 TB',
  ]);
  assert.equal(countOf(1, 'table'), '1 table');
  assert.equal(countOf(0, 'table'), '0 tables');
});

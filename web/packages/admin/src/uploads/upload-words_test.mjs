import assert from 'node:assert/strict';
import test from 'node:test';
import {
  describeAmount,
  describePace,
  describeState,
  findBegun,
  proposeTableLabel,
  proposeTableName,
} from './upload-words.ts';

test('how far, how fast, how long', () => {
  assert.equal(describeAmount(12_000_000, 40_000_000), '12 MB of 40 MB');
  assert.equal(describePace(0, undefined), '');
  const left = [2, 33, 89, 300, 7_000].map((seconds) => describePace(3_400_000, seconds));
  assert.deepEqual(left, [
    '3.4 MB/s, a few seconds left',
    '3.4 MB/s, about 35 seconds left',
    '3.4 MB/s, about 90 seconds left',
    '3.4 MB/s, about 5 minutes left',
    '3.4 MB/s, about 2 hours left',
  ]);
});

test('names proposed for a file are plain SQL names', () => {
  const names = ['Orders 2026 (final).csv', 'Größe.parquet', '2026.json', '—.csv', 'a.b.csv.gz'];
  assert.deepEqual(names.map(proposeTableName), [
    'orders_2026_final',
    'gro_e',
    't_2026',
    'table_1',
    'a_b',
  ]);
  for (const name of names) assert.match(proposeTableName(name), /^[a-z][a-z0-9_]*$/);
});

test('labels keep the words', () => {
  assert.equal(proposeTableLabel('late_flights  2026.csv'), 'Late flights 2026');
  assert.equal(proposeTableLabel('Größe.parquet'), 'Größe');
});

const upload = (more) => ({
  id: 'u',
  fileName: 'orders.csv',
  bytes: 100,
  received: 40,
  state: 'receiving',
  createdAt: '2026-01-02T00:00:00Z',
  ...more,
});
const file = (more) => ({
  name: 'orders.csv',
  size: 100,
  lastModified: Date.parse('2026-01-01T00:00:00Z'),
  ...more,
});

test('a begun upload is found by name and size', () => {
  assert.equal(findBegun([upload()], file())?.id, 'u');
  assert.equal(findBegun([upload({ state: 'received' })], file())?.id, 'u');
  assert.equal(findBegun([upload()], file({ name: 'Orders.csv' })), undefined);
  assert.equal(findBegun([upload()], file({ size: 101 })), undefined);
  for (const state of ['importing', 'imported', 'failed'])
    assert.equal(findBegun([upload({ state })], file()), undefined, state);
});

test('a file that was changed since is another file, though it is called the same', () => {
  const later = Date.parse('2026-01-03T00:00:00Z');
  assert.equal(findBegun([upload()], file({ lastModified: later })), undefined);
});

test('states in words', () => {
  assert.equal(describeState(upload()), '40 B of 100 B sent');
  assert.equal(describeState(upload({ state: 'failed' })), 'Import failed');
});

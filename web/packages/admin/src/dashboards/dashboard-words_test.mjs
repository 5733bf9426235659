import assert from 'node:assert/strict';
import test from 'node:test';
import {
  describeCache,
  describeScan,
  formatCell,
  formatMilliseconds,
  layStages,
} from './dashboard-words.ts';

test('stages fill the bar, in the order in which time is spent', () => {
  const laid = layStages({ guard: 1, queue: 1, engine: 6, encode: 2 });
  assert.deepEqual(
    laid.map(({ stage, from, width }) => [stage, Math.round(from), Math.round(width)]),
    [
      ['guard', 0, 10],
      ['queue', 10, 10],
      ['engine', 20, 60],
      ['encode', 80, 20],
    ],
  );
});

test('no time gives no bar, never NaN', () => {
  assert.deepEqual(layStages({ guard: 0, queue: 0, engine: 0, encode: 0 }), []);
});

test('times keep the digits that matter', () => {
  assert.equal(formatMilliseconds(12.4), '12 ms');
  assert.equal(formatMilliseconds(0.42), '0.4 ms');
  assert.equal(formatMilliseconds(0.018), '0.02 ms');
});

test('the cache is told apart', () => {
  assert.equal(describeCache({ cache: 'hit', ageSeconds: 12.2 }), 'Cache hit, 12 s old');
  assert.equal(describeCache({ cache: 'miss', ageSeconds: 0 }), 'Cache miss');
  assert.match(describeCache({ cache: 'shared', ageSeconds: 0 }), /Shared/);
});

test('cells are written in their format; what is not there is not zero', () => {
  assert.equal(formatCell(0.1234, { style: 'percent', decimals: 1 }), '12.3%');
  assert.equal(formatCell(1234), '1,234');
  assert.equal(formatCell(8.25, { style: 'decimal', decimals: 1, unit: 'min' }), '8.3 min');
  assert.equal(formatCell(null), 'NULL');
  assert.equal(formatCell(undefined), '–');
});

test('row groups: what was skipped is said, and nothing where nothing was', () => {
  assert.equal(
    describeScan({ rowGroups: 25, rowGroupsRead: 3 }),
    '3 of 25, the others were skipped',
  );
  assert.equal(describeScan({ rowGroups: 25, rowGroupsRead: 25 }), '25 of 25');
});

import assert from 'node:assert/strict';
import test from 'node:test';
import { checkStructure, readMetric, suits } from './metric-words.ts';

const late = {
  aggregate: 'count',
  filter: { column: 'delay', operator: 'greater', type: 'integer', value: 15 },
};

test('metrics are read out', () => {
  assert.equal(readMetric({ measure: { aggregate: 'sum', column: 'delay' } }), 'Sum of delay');
  assert.equal(
    readMetric({ measure: late, denominator: { aggregate: 'count' } }),
    'Count of rows where delay is greater than 15, divided by count of rows',
  );
});

test('sums are for numbers only', () => {
  assert.ok(suits('sum', 'numeric'));
  assert.ok(!suits('sum', 'string'));
  assert.ok(suits('max', 'date'));
  assert.ok(!suits('average', 'datetime'));
  assert.ok(suits('countDistinct', 'string'));
});

test('what metrics and dimensions lack is named', () => {
  const columns = [
    { name: 'delay', type: 'integer' },
    { name: 'old', type: 'string', gone: true },
  ];
  const check = (metrics, dimensions) =>
    checkStructure({ label: 'T', columns, metrics, dimensions }).map(({ field }) => field);
  const good = { name: 'a', label: 'A', measure: late };
  assert.deepEqual(check([good], [{ name: 'd', label: 'D', column: 'delay' }]), []);
  assert.deepEqual(check([], [{ name: '', label: 'D', column: 'old' }]), [
    'dimensions[0].name',
    'dimensions[0].column',
  ]);
  assert.deepEqual(check([good, good], []), ['metrics[1].name']);
  assert.deepEqual(check([{ ...good, measure: { aggregate: 'sum', column: 'old' } }], []), [
    'metrics[0].measure',
  ]);
  assert.deepEqual(
    checkStructure({ label: ' ', columns, metrics: [], dimensions: [] }).map(({ field }) => field),
    ['label'],
  );
});

import assert from 'node:assert/strict';
import test from 'node:test';
import { compareResults, differs, noteOf } from './compare-notes.ts';

const dimension = (values) => ({ name: 'state', label: 'State', role: 'dimension', values });
const metric = (values) => ({ name: 'flights', label: 'Flights', role: 'metric', values });
const chart = (...columns) => ({ chart: 'c', columns });
const refusal = { chart: 'c', error: { code: 'attribute_missing', title: 'Refused', detail: '' } };

test('who sees the same gets no note', () => {
  const compared = compareResults(chart(metric([1])), chart(metric([1])));
  assert.equal(differs(compared), false);
  assert.equal(noteOf(compared, 0), undefined);
  assert.equal(noteOf(compared, 1), undefined);
});

test('at a single figure, each side says the figure of the other and not its own', () => {
  const compared = compareResults(chart(metric([1200])), chart(metric([34])));
  assert.deepEqual(noteOf(compared, 0), { text: 'Second: 34' });
  assert.deepEqual(noteOf(compared, 1), { text: 'First: 1,200' });
});

test('several figures are counted, and some are told with their place', () => {
  const values = (from) => Array.from({ length: 8 }, (_, index) => from + index);
  const states = values(0).map(String);
  const compared = compareResults(
    chart(dimension([...states, 'x']), metric([...values(10), 1])),
    chart(dimension([...states, 'x']), metric([...values(20), 1])),
  );
  const { text, details } = noteOf(compared, 1);
  assert.equal(text, '8 of 9 values differ');
  const lines = details.split('\n');
  assert.equal(lines[0], '0 · Flights: 20 here, 10 for the first');
  assert.equal(lines.at(-1), 'and 3 more');
  assert.equal(lines.length, 6);
});

test('a row that only one sees is a dash for the other', () => {
  const compared = compareResults(
    chart(dimension(['TX']), metric([1])),
    chart(dimension([]), metric([])),
  );
  assert.match(noteOf(compared, 1).details, /^TX · Flights: – here, 1 for the first$/);
});

test('a refusal is said on the side that is not refused, and never counted as equal', () => {
  const compared = compareResults(chart(metric([1])), refusal);
  assert.ok(differs(compared));
  assert.deepEqual(noteOf(compared, 0), { text: 'Second: refused' });
  assert.deepEqual(noteOf(compared, 1), { text: 'First: not refused' });
  assert.deepEqual(noteOf(compareResults(refusal, refusal), 0), { text: 'Refused to both' });
});

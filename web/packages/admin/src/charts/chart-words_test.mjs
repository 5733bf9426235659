import assert from 'node:assert/strict';
import { test } from 'node:test';
import { proposeName } from './chart-words.js';

const table = {
  name: 'flights',
  label: 'Departures',
  metrics: [
    { name: 'n', label: 'Flights' },
    { name: 'd', label: 'Average delay' },
  ],
  dimensions: [
    { name: 'day', label: 'Day' },
    { name: 'state', label: 'State' },
  ],
};
const spec = (metrics, dimensions, rest = {}) => ({ metrics, dimensions, ...rest });

test('a name says what is measured by what', () => {
  assert.equal(
    proposeName(spec(['n'], [{ dimension: 'day', grain: 'month' }]), table),
    'Flights by month',
  );
  assert.equal(
    proposeName(
      spec(['n', 'd'], [{ dimension: 'day', grain: 'year' }, { dimension: 'state' }]),
      table,
    ),
    'Flights and Average delay by year and state',
  );
});

test('the largest are said; without a metric it is the table', () => {
  const top = { top: { count: 10, other: true } };
  assert.equal(
    proposeName(spec(['n'], [{ dimension: 'state' }], top), table),
    'Flights by state, top 10',
  );
  assert.equal(proposeName(spec(['n'], []), table), 'Flights');
  assert.equal(proposeName(spec([], [{ dimension: 'state' }]), table), 'Departures');
});

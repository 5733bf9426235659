import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkSpec, findGone, withoutGone } from './chart-checks.js';
import { newSpec, settle } from './chart-draft.js';

const table = {
  id: 'tbl_1',
  columns: [
    { name: 'day', type: 'date', access: 'visible' },
    { name: 'state', type: 'string', access: 'visible' },
    { name: 'pay', type: 'numeric', access: 'visible', gone: true },
    { name: 'lat', type: 'numeric', access: 'visible' },
    { name: 'lon', type: 'numeric', access: 'visible' },
  ],
  metrics: [
    { name: 'flights', label: 'Flights', measure: { aggregate: 'count' } },
    { name: 'paid', label: 'Paid', measure: { aggregate: 'sum', column: 'pay' } },
  ],
  dimensions: [
    { name: 'state', label: 'State', column: 'state' },
    { name: 'day', label: 'Day', column: 'day' },
    { name: 'pay', label: 'Pay', column: 'pay' },
    { name: 'lat', label: 'Latitude', column: 'lat' },
    { name: 'lon', label: 'Longitude', column: 'lon' },
  ],
};

const byState = {
  table: 'tbl_1',
  type: 'bar',
  metrics: ['flights'],
  dimensions: [{ dimension: 'state' }],
};

test('a new chart shows the first metric by month', () => {
  assert.deepEqual(newSpec(table), {
    table: 'tbl_1',
    type: 'line',
    metrics: ['flights'],
    dimensions: [{ dimension: 'day', grain: 'month' }],
  });
});

test('a table without metrics and dimensions gives an empty chart, which says so', () => {
  const spec = newSpec({ ...table, metrics: [], dimensions: [] });
  assert.deepEqual([spec.metrics, spec.dimensions], [[], []]);
  assert.deepEqual(
    checkSpec(spec, table).map(({ field }) => field),
    ['metrics'],
  );
});

test('the type stays while it fits', () => {
  assert.equal(settle({ ...byState, type: 'circular' }, table).type, 'circular');
  const two = { ...byState, type: 'circular', metrics: ['flights', 'paid'] };
  assert.equal(settle({ ...two, metrics: [...two.metrics] }, table).type, 'bar');
});

test('an order by something that is no longer in the chart goes', () => {
  const sorted = { ...byState, sort: { by: 'paid', descending: true } };
  assert.equal(settle(sorted, table).sort, undefined);
  assert.deepEqual(settle({ ...sorted, metrics: ['paid'] }, table).sort, sorted.sort);
});

test('options of another type, and of metrics that are gone, are not sent', () => {
  const spec = { ...byState, options: { donut: true, horizontal: true, colors: [] } };
  assert.deepEqual(settle(spec, table).options, { horizontal: true });
  const coloured = {
    ...byState,
    options: { colors: [{ metric: 'paid', from: 1, color: 'good' }] },
  };
  assert.equal(settle(coloured, table).options, undefined);
});

test('the largest need a dimension', () => {
  const top = { count: 10, other: true };
  assert.deepEqual(settle({ ...byState, top }, table).top, top);
  assert.equal(settle({ ...byState, dimensions: [], top }, table).top, undefined);
});

test('a map finds its latitude and longitude', () => {
  const spec = {
    ...byState,
    type: 'map',
    dimensions: [{ dimension: 'lon' }, { dimension: 'lat' }],
  };
  assert.deepEqual(settle(spec, table).options, { latitude: 'lat', longitude: 'lon' });
});

test('what the table no longer has is found, named, and can be taken out', () => {
  const spec = {
    ...byState,
    metrics: ['flights', 'paid', 'old'],
    dimensions: [{ dimension: 'state' }, { dimension: 'pay' }],
    filters: [{ dimension: 'never', values: ['x'] }],
  };
  assert.deepEqual(
    findGone(spec, table).map(({ field }) => field),
    ['metrics[1]', 'metrics[2]', 'dimensions[1]', 'filters[0]'],
  );
  assert.match(findGone(spec, table)[0]?.what ?? '', /needs the column pay, which is gone/);
  const mended = withoutGone(spec, table);
  assert.deepEqual(findGone(mended, table), []);
  assert.deepEqual(mended.metrics, ['flights']);
});

test('a filter without a value and a bin without a width are not asked for', () => {
  const spec = {
    ...byState,
    dimensions: [{ dimension: 'lat', binWidth: 0 }],
    filters: [
      { dimension: 'state', values: [] },
      { dimension: 'lat' },
      { dimension: 'day', preset: 'today' },
    ],
  };
  assert.deepEqual(
    checkSpec(spec, table).map(({ field }) => field),
    ['dimensions[0].binWidth', 'filters[0]', 'filters[1]'],
  );
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { badInput, charts } from '../../../../tests/browser/chart-fixtures.mjs';
import { buildPlot } from './build-plot.ts';
import { summarizePlot } from './chart-summary.ts';
import { languageOf } from './language.ts';

const english = languageOf('en-US');
const german = languageOf('de-DE');

function build({ chart, columns }, language = english) {
  return buildPlot(chart, columns, language);
}

const dimension = (values, more = {}) => ({
  ...{ name: 'kind', label: 'Kind', role: 'dimension', type: 'string', values },
  ...more,
});
const metric = (values, more = {}) => ({
  ...{ name: 'orders', label: 'Orders', role: 'metric', type: 'integer', values },
  ...more,
});
const bar = { id: 'c', name: 'Chart', type: 'bar' };

test('two dimensions become categories and series, with a gap where there is no row', () => {
  const model = buildPlot(
    { ...bar, type: 'stackedBar' },
    [dimension(['A', 'A', 'B'], { name: 'region' }), dimension(['x', 'y', 'y']), metric([1, 2, 3])],
    english,
  );
  assert.deepEqual(model.labels, ['A', 'B']);
  assert.deepEqual(
    model.series.map(({ values }) => values),
    [
      [1, null],
      [2, 3],
    ],
  );
  assert.deepEqual(
    model.legend.map(({ label }) => label),
    ['x', 'y'],
  );
  assert.deepEqual(model.atOf({ index: 1, series: 1 }), [
    { dimension: 'region', value: 'B' },
    { dimension: 'kind', value: 'y' },
  ]);
  assert.deepEqual(model.atOf({ index: 1 }), [{ dimension: 'region', value: 'B' }]);
});

test('the rows for all others are not those without a value', () => {
  const model = buildPlot(
    bar,
    [dimension(['A', null, null], { otherAt: [2] }), metric([3, 2, 1])],
    english,
  );
  assert.deepEqual(model.labels, ['A', '(empty)', 'Other']);
  assert.deepEqual(model.atOf({ index: 1 }), [{ dimension: 'kind', value: null }]);
  assert.deepEqual(model.atOf({ index: 2 }), [{ dimension: 'kind', value: null, other: true }]);
});

test('others and empty values stay apart in two dimensions as well', () => {
  const model = buildPlot(
    { ...bar, type: 'stackedBar' },
    [
      dimension([null, null, null], { name: 'region', otherAt: [1, 2] }),
      dimension(['x', 'x', 'y']),
      metric([1, 2, 4]),
    ],
    english,
  );
  assert.deepEqual(model.labels, ['(empty)', 'Other']);
  assert.deepEqual(model.series[0].values, [1, 2]);
});

test('weekdays have names, begin as the locale does, and are all there', () => {
  const columns = [dimension([1, 3], { type: 'integer', grain: 'dayOfWeek' }), metric([10, 30])];
  const american = buildPlot(bar, columns, english);
  assert.deepEqual(american.labels, ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']);
  assert.deepEqual(american.series[0].values, [null, 10, null, 30, null, null, null]);
  const berlin = buildPlot(bar, columns, german);
  assert.deepEqual(berlin.labels, ['Mo', 'Di', 'Mi', 'Do', 'Fr', 'Sa', 'So']);
  assert.deepEqual(berlin.series[0].values, [10, null, 30, null, null, null, null]);
  assert.equal(berlin.describe({ index: 0 }).title, 'Montag');
  assert.deepEqual(berlin.atOf({ index: 2 }), [
    { dimension: 'kind', value: 3, grain: 'dayOfWeek' },
  ]);
});

test('lines go from the past to now, whatever the order of the rows', () => {
  const columns = [
    dimension(['2026-03-01', '2026-01-01'], { type: 'date', grain: 'month' }),
    metric([3, 1]),
  ];
  const line = buildPlot({ ...bar, type: 'line' }, columns, english);
  assert.deepEqual(line.series[0].values, [1, null, 3]);
  assert.deepEqual(buildPlot(bar, columns, english).series[0].values, [3, 1]);
});

test('a pie leaves out what has no size, and says so', () => {
  const model = build(badInput['bad-slices']);
  assert.deepEqual(
    model.legend.map(({ label, value }) => [label, value]),
    [
      ['good', '60%'],
      ['(empty)', '40%'],
    ],
  );
  assert.deepEqual(model.notes, ['Not drawn, as negative or not a number: 2']);
});

test('the smallest of many slices are one', () => {
  const values = Array.from({ length: 30 }, (_, at) => 100 - at);
  const columns = [dimension(values.map((value) => `Kind ${value}`)), metric(values)];
  const { slices, legend } = buildPlot({ ...bar, type: 'circular' }, columns, english);
  assert.equal(slices.length, 10);
  assert.equal(legend.at(-1).label, '21 more');
  const sum = values.reduce((total, value) => total + value, 0);
  assert.equal(
    slices.reduce((total, { value }) => total + value, 0),
    sum,
  );
});

test('ten thousand categories are cut, and the note tells it', () => {
  const model = build(badInput['many-categories']);
  assert.equal(model.labels.length, 120);
  assert.deepEqual(model.notes, ['The first 120 of 10,000 are drawn. The data has them all.']);
  assert.equal(build(badInput['many-rows']).labels.length, 200);
});

test('the largest of too many series are kept, and the note tells it', () => {
  const { series, legend, notes } = build(badInput['many-series']);
  assert.equal(series.length, 20);
  assert.ok(legend.some(({ label }) => label === 'Series 39'));
  assert.ok(!legend.some(({ label }) => label === 'Series 0'));
  assert.equal(notes.length, 1);
});

test('a value that is no finite number is a gap and never a zero', () => {
  const values = ['NaN', 'Infinity', null, 4];
  const { series } = buildPlot(bar, [dimension(['a', 'b', 'c', 'd']), metric(values)], english);
  assert.deepEqual(series[0].values, [null, null, null, 4]);
});

test('combined charts measure a line by an axis of its own', () => {
  const { axes, series } = build(charts.combo);
  assert.deepEqual(
    series.map(({ mark, axis }) => [mark, axis]),
    [
      ['bar', 0],
      ['line', 1],
    ],
  );
  assert.deepEqual(
    axes.map(({ label }) => label),
    ['Revenue', 'Margin'],
  );
  assert.equal(axes[0].textOf(40000), '€40K');
  assert.equal(axes[1].textOf(0.2), '20%');
});

test('bars and cells take the colour of the first rule that holds', () => {
  const { series } = build(charts['bar-colors']);
  assert.deepEqual(series[0].paints, ['good', 'bad', undefined, 'good', 'bad']);
});

test('a heatmap has a cell for each pair, also where there is no row', () => {
  const columns = [
    dimension([9, 11], { name: 'hour', type: 'integer', grain: 'hourOfDay' }),
    dimension([1, 2], { type: 'integer', grain: 'dayOfWeek' }),
    metric([5, 7]),
  ];
  const model = buildPlot({ ...bar, type: 'heatmap' }, columns, german);
  assert.equal(model.columns.length, 24);
  assert.equal(model.rows.length, 7);
  assert.equal(model.cells[0][9].value, 5);
  assert.equal(model.cells[1][11].value, 7);
  assert.equal(model.cells[0][11].value, null);
  assert.deepEqual([model.least, model.most], [5, 7]);
});

test('a funnel says what is left of the first step and of the one before', () => {
  const { steps } = build(charts.funnel);
  assert.deepEqual(steps.map(({ share, kept }) => [share, kept]).slice(0, 3), [
    ['100%', ''],
    ['43.6%', '43.6%'],
    ['14.4%', '32.9%'],
  ]);
});

test('a gauge shows a value outside of its scale as it is', () => {
  const chart = { ...bar, type: 'gauge', options: { minimum: 0, maximum: 10 } };
  const model = buildPlot(chart, [metric([25])], english);
  assert.deepEqual([model.text, model.least, model.most], ['25', 0, 10]);
  const free = buildPlot({ ...bar, type: 'gauge' }, [metric([25])], english);
  assert.equal(free.most, 30);
});

test('points of a map without a place are left out, and told', () => {
  const [latitude, ...others] = charts.map.columns;
  const holes = { ...latitude, values: [null, ...latitude.values.slice(1)] };
  const model = buildPlot(charts.map.chart, [holes, ...others], english);
  assert.equal(model.points.length, 9);
  assert.equal(model.notes.length, 1);
  assert.equal(model.describe({ index: 0 }).title, 'LAX');
});

test('labels with HTML stay the text that they are', () => {
  const model = build(badInput.html);
  assert.match(model.labels[0], /^<img src=x onerror=/);
});

test('every type has a text alternative that names it', () => {
  for (const [name, { chart, columns }] of Object.entries(charts)) {
    if (chart.type === 'table' || chart.type === 'value') continue;
    const text = summarizePlot(chart, columns, build({ chart, columns }), english);
    assert.ok(text.startsWith(`${english.texts.chartTypes[chart.type]}: ${chart.name}. `), name);
    assert.ok(!/undefined|NaN|Infinity|\[object/.test(text), `${name}: ${text}`);
  }
});

test('no model holds a text that is none', () => {
  for (const [name, fixture] of Object.entries({ ...charts, ...badInput })) {
    const text = JSON.stringify(build(fixture));
    assert.ok(!/undefined|NaN"|\[object/.test(text.replaceAll('not a number', '')), name);
  }
});

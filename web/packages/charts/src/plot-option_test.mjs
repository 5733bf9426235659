import assert from 'node:assert/strict';
import { test } from 'node:test';
import { badInput, charts } from '../../../../tests/browser/chart-fixtures.mjs';
import { buildPlot } from './build-plot.ts';
import { buildCartesianOption } from './cartesian-option.ts';
import { outerEnds, spansOf } from './cartesian-spans.ts';
import { buildCircularOption, middleText } from './circular-option.ts';
import { buildFunnelOption } from './funnel-option.ts';
import { buildGaugeOption } from './gauge-option.ts';
import { buildHeatmapOption } from './heatmap-option.ts';
import { languageOf } from './language.ts';
import { buildMapOption, frameOf } from './map-option.ts';
import { buildScatterOption } from './scatter-option.ts';

const english = languageOf('en-US');
const color = { 'series-1': 'rgb(0,0,255)', 'series-2': 'rgb(255,128,0)', bad: 'rgb(200,0,0)' };
const look = {
  paint: (paint) => color[paint] ?? 'rgb(1,2,3)',
  ...{ text: 'rgb(0,0,0)', muted: 'rgb(100,100,100)', grid: 'rgb(230,230,230)' },
  ...{ border: 'rgb(220,220,220)', surface: 'rgb(255,255,255)', hover: 'rgb(240,240,240)' },
  font: 'sans-serif',
};
const view = (more = {}) => ({
  ...{ width: 400, height: 260, rightToLeft: false, hidden: new Set(), chosen: new Set() },
  ...more,
});
const model = ({ chart, columns }) => buildPlot(chart, columns, english);
const draw = (fixture, more) => buildCartesianOption(model(fixture), look, view(more));
const builders = {
  cartesian: buildCartesianOption,
  circular: buildCircularOption,
  funnel: buildFunnelOption,
  gauge: buildGaugeOption,
  heatmap: buildHeatmapOption,
  scatter: buildScatterOption,
};

test('no option moves, opens a tip of its own, or styles a text by what it says', () => {
  for (const [name, fixture] of Object.entries({ ...charts, ...badInput })) {
    if (fixture.chart.type === 'table' || fixture.chart.type === 'value') continue;
    const plot = model(fixture);
    for (const rightToLeft of [false, true]) {
      const option = builders[plot.kind](plot, look, view({ rightToLeft }));
      assert.equal(option.animation, false, name);
      for (const part of ['tooltip', 'legend', 'aria', 'dataset', 'toolbox'])
        assert.ok(!(part in option), `${name}: ${part}`);
      const text = JSON.stringify(option);
      assert.ok(!text.includes('"rich"'), name);
      // What web/packages/embed/lean-echarts.ts leaves out of the library.
      assert.ok(!/"decal"|"transform"|"normal"|"type":"(log|time)"/.test(text), name);
      for (const { type } of [option.xAxis, option.yAxis].flat().filter(Boolean))
        assert.ok(type === 'category' || type === 'value', name);
    }
  }
});

test('missing values are gaps, and a point without neighbours is seen', () => {
  const { series } = draw(charts['line-series']);
  assert.equal(series.find(({ id }) => id === '1').data[5], null);
  const [line, lone] = draw(badInput['one-point']).series;
  assert.deepEqual(line.data, [12]);
  assert.deepEqual(lone.data, [[0, 12]]);
  assert.equal(lone.silent, true);
});

test('bars are round at the end away from zero, on the side that the language has', () => {
  const [{ data }] = draw(charts['bar-colors']).series;
  assert.deepEqual(data[0].itemStyle.borderRadius, [4, 4, 0, 0]);
  assert.deepEqual(data[1].itemStyle, { borderRadius: [0, 0, 4, 4], color: color.bad });
  const lying = (rightToLeft) => draw(charts['bar-horizontal'], { rightToLeft }).series[0];
  assert.deepEqual(lying(false).data[0].itemStyle.borderRadius, [0, 4, 4, 0]);
  assert.deepEqual(lying(true).data[0].itemStyle.borderRadius, [4, 0, 0, 4]);
  assert.equal(lying(false).label.position, 'right');
  assert.equal(lying(true).label.position, 'left');
});

test('a hidden series is not drawn, and shares are of those that are left', () => {
  const plot = model(charts['stackedBar-percent']);
  const hidden = new Set([plot.series[0].key]);
  const { series } = buildCartesianOption(plot, look, view({ hidden }));
  assert.deepEqual(
    series.map(({ id }) => id),
    ['1', '2', '3'],
  );
  const sum = series.reduce((total, { data }) => total + data[0].value, 0);
  assert.ok(Math.abs(sum - 1) < 1e-9);
});

test('a stack grows to both sides of zero, and is round at its two ends only', () => {
  const series = [5, -2, 3].map((value, at) => ({ key: String(at), values: [value] }));
  const spans = spansOf({ labels: ['a'], stacked: true, percent: false, series }, new Set());
  assert.deepEqual(
    spans.map(([span]) => span),
    [
      [0, 5],
      [0, -2],
      [5, 8],
    ],
  );
  assert.deepEqual(outerEnds(spans).flat(), [false, true, true]);
});

test('other categories than the chosen ones step back', () => {
  const [{ data }] = draw(charts.bar, { chosen: new Set([1]) }).series;
  assert.equal(data[0].itemStyle.color, 'rgba(0,0,255,0.3)');
  assert.equal(data[1].itemStyle.color, undefined);
});

test('labels that have no room are left out in steps, and their year is told at the next', () => {
  const { xAxis } = draw({ ...charts['bar-grouped'] }, { width: 300 });
  const shown = xAxis.data.filter((_, index) => xAxis.axisLabel.interval(index));
  assert.ok(shown.length < 12 && 12 % shown.length === 0, String(shown.length));
  assert.equal(xAxis.axisLabel.formatter('', 0), 'Jan\n2025');
  assert.equal(xAxis.axisLabel.formatter('', 1), shown.length === 12 ? 'Feb' : '');
});

test('twenty thousand points are thinned, and HTML is text', () => {
  assert.equal(draw(badInput['many-points']).series[0].sampling, 'lttb');
  assert.equal(draw(charts.line).series[0].sampling, undefined);
  const { yAxis } = draw(badInput.html);
  assert.match(yAxis.data[0], /^<img src=x/);
});

test('slices keep their place in the model, and the middle tells the share of one', () => {
  const plot = model(charts['circular-donut']);
  const hidden = new Set([plot.slices[0].key]);
  const { series } = buildCircularOption(plot, look, view({ hidden }));
  assert.deepEqual(
    series[0].data.map(({ at }) => at),
    [1, 2, 3, 4, 5, 6],
  );
  assert.equal(middleText(plot, null, view()).text, '€581K');
  assert.equal(middleText(plot, { index: 0 }, view()).text, '31.3%');
});

test('cells without a value have no colour of the scale, and those of a rule have its own', () => {
  const [{ data }] = buildHeatmapOption(model(charts.heatmap), look, view()).series;
  assert.equal(data.length, 24 * 7);
  assert.deepEqual(data[0], {
    value: [0, 0, 6],
    visualMap: false,
    itemStyle: { color: look.hover, opacity: 1 },
  });
  assert.ok(!('visualMap' in data[12]));
});

test('small points lie on large ones, and each knows its place in the model', () => {
  const plot = model(charts.scatter);
  const [{ data }] = buildScatterOption(plot, look, view()).series;
  assert.ok(data.every(({ symbolSize }, at) => at === 0 || symbolSize <= data[at - 1].symbolSize));
  for (const { value, at } of data) assert.deepEqual(value, [plot.points[at].x, plot.points[at].y]);
});

test('a map shows all points, and some land around a single one', () => {
  const plot = model(charts.map);
  const { west, east, south, north } = frameOf(plot, view());
  assert.ok(plot.points.every(({ x, y }) => x > west && x < east && y > south && y < north));
  const single = frameOf({ ...plot, points: [plot.points[0]] }, view());
  assert.ok(single.north - single.south >= 4);
  assert.equal(buildMapOption(plot, look, view()).series[0].coordinateSystem, 'geo');
});

test('a gauge beyond its scale is full, and says its value', () => {
  const { chart, columns } = charts.gauge;
  const over = { ...columns[0], values: [1.4] };
  const [value, steps] = buildGaugeOption(model({ chart, columns: [over] }), look, view()).series;
  assert.equal(value.data[0].value, 1);
  assert.equal(value.detail.formatter(), '140%');
  assert.equal(steps.axisLine.lineStyle.color.at(-1)[0], 1);
});

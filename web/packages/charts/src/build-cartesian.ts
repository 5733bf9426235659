import type { Chart, Column } from '@aracari/api';
import { drawnNumber } from './chart-columns.js';
import { formatCount, formatShare, formatTick, formatValue } from './chart-values.js';
import { paintByValue } from './color-rules.js';
import type { Language } from './language.js';
import type { CartesianModel, CartesianSeries, Hit, Paint, Tip } from './plot-model.js';
import { type SeriesTable, tabulate, type TableSeries } from './series-table.js';

/** More bars than this cannot be read, and lines have fewer points than pixels. */
const mostBars = { horizontal: 200, vertical: 120 };
const mostPoints = 20_000;

/** Height that one category of a horizontal plot needs to be readable, in pixels, and what each further bar adds. */
const barRowHeight = 26;
const furtherBarHeight = 14;

/** Bars, lines, areas, and both together. Pure. */
export function buildCartesian(
  chart: Chart,
  columns: readonly Column[],
  language: Language,
): CartesianModel {
  const horizontal = isHorizontal(chart);
  const inOrder = chart.type === 'line' || chart.type === 'area';
  const whole = tabulate(columns, language, { inOrder });
  const table = { ...whole, count: Math.min(whole.count, mostOf(chart, whole.ordered)) };
  const series = table.series.map((one, index) => buildSeries(chart, table, one, index, language));
  const stacked = chart.type === 'stackedBar' || (chart.type === 'area' && series.length > 1);
  const percent = chart.type === 'stackedBar' && chart.options?.percent === true;
  const height = rowHeight(series.length, stacked);
  const model: Omit<CartesianModel, 'describe'> = {
    kind: 'cartesian',
    horizontal,
    labels: Array.from({ length: table.count }, (_, index) => table.labelOf(index)),
    ordered: table.ordered,
    stacked,
    percent,
    binned: table.category?.binWidth !== undefined,
    series,
    axes: buildAxes(chart, table, series, percent, language),
    notes: notesOf(whole, table, language),
    legend: legendOf(table, series),
    leastHeight: horizontal ? table.count * height : 0,
    ...(horizontal ? { mostHeight: table.count * (height + 22) } : {}),
    // Beside all bars of a category, it is the category that is meant.
    atOf: ({ index, series: one = -1 }) => [...table.atOf(index), ...(table.series[one]?.at ?? [])],
    places: table.count,
  };
  return { ...model, describe: (hit) => describe(table, model, hit, language) };
}

export function isHorizontal({ type, options, orientation }: Chart): boolean {
  const bars = type === 'bar' || type === 'stackedBar';
  return bars && (options?.horizontal ?? orientation === 'horizontal');
}

/** The n-th colour of the theme's series; they begin again after the tenth. */
export function seriesPaint(index: number): Paint {
  return `series-${(index % 10) + 1}`;
}

function mostOf(chart: Chart, ordered: boolean): number {
  if (isHorizontal(chart)) return mostBars.horizontal;
  const bars = chart.type === 'bar' || chart.type === 'stackedBar' || chart.type === 'combo';
  return bars && !ordered ? mostBars.vertical : mostPoints;
}

function rowHeight(series: number, stacked: boolean): number {
  return barRowHeight + (stacked ? 0 : (series - 1) * furtherBarHeight);
}

function buildSeries(
  chart: Chart,
  table: SeriesTable,
  { label, metric, values }: TableSeries,
  index: number,
  language: Language,
): CartesianSeries {
  const shown = values.slice(0, table.count);
  const ruled = chart.type === 'bar' && (chart.options?.colors?.length ?? 0) > 0;
  return {
    key: `${index} ${label}`,
    mark: markOf(chart, metric),
    paint: seriesPaint(index),
    axis: chart.type === 'combo' && chart.options?.secondAxis?.includes(metric.name) ? 1 : 0,
    values: shown.map(drawnNumber),
    ...(ruled ? { paints: shown.map((value) => paintByValue(chart, metric, value)) } : {}),
    textOf: (at) => formatValue(metric, shown[at], language),
  };
}

function markOf({ type, options }: Chart, metric: Column): CartesianSeries['mark'] {
  if (type === 'line') return 'line';
  if (type === 'area') return 'area';
  return type === 'combo' && options?.lines?.includes(metric.name) ? 'line' : 'bar';
}

function buildAxes(
  chart: Chart,
  table: SeriesTable,
  series: CartesianSeries[],
  percent: boolean,
  language: Language,
): CartesianModel['axes'] {
  const two = series.some(({ axis }) => axis === 1) && series.some(({ axis }) => axis === 0);
  if (!two) for (const one of series) one.axis = 0;
  return (two ? [0, 1] : [0]).map((axis) => {
    const own = series.filter((one) => one.axis === axis);
    const metrics = table.series.filter((_, index) => series[index]?.axis === axis);
    const metric = metrics[0]?.metric;
    const fromZero = own.some(({ mark }) => mark !== 'line') || isNearZero(own);
    const textOf = (value: number) =>
      percent
        ? formatShare(value, language)
        : metric
          ? formatTick(metric, value, language)
          : String(value);
    const label = two ? metrics.map(({ metric }) => metric.label).join(', ') : '';
    const axisModel = { label, fromZero, textOf };
    return isLoneShare(chart, table) ? { ...axisModel, least: 1 } : axisModel;
  });
}

/** Whether lines show zero: always, unless their values differ too little to be seen from there. */
function isNearZero(series: CartesianSeries[]): boolean {
  let low = Infinity;
  let high = -Infinity;
  for (const { values } of series) {
    for (const value of values) {
      if (value === null) continue;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  return low < 0 || high - low > 0.3 * Math.max(Math.abs(low), Math.abs(high));
}

/** A lone share has no other bar beside it, and is read against the whole. */
function isLoneShare(chart: Chart, { count, series }: SeriesTable): boolean {
  return (
    isHorizontal(chart) &&
    count === 1 &&
    series.every(({ metric }) => metric.format?.style === 'percent')
  );
}

function legendOf(table: SeriesTable, series: CartesianSeries[]): CartesianModel['legend'] {
  if (series.length < 2) return [];
  return series.map(({ key, paint }, index) => ({
    key,
    paint,
    label: table.series[index]?.label ?? '',
  }));
}

function notesOf(whole: SeriesTable, shown: SeriesTable, language: Language): string[] {
  const say = (drawn: number, all: number) =>
    language.texts.firstOf(formatCount(drawn, language), formatCount(all, language));
  return [
    ...(shown.count < whole.count ? [say(shown.count, whole.count)] : []),
    ...(whole.series.length < whole.allSeries ? [say(whole.series.length, whole.allSeries)] : []),
  ];
}

function describe(
  table: SeriesTable,
  { series, percent }: Pick<CartesianModel, 'series' | 'percent'>,
  { index }: Hit,
  language: Language,
): Tip {
  const sum = series.reduce((total, { values }) => total + Math.abs(values[index] ?? 0), 0);
  const share = (value: number | null | undefined) =>
    percent && value ? ` (${formatShare(Math.abs(value) / sum, language)})` : '';
  return {
    title: table.nameOf(index),
    rows: series.map((one, place) => ({
      label: table.series[place]?.label ?? '',
      value: one.textOf(index) + share(one.values[index]),
      paint: one.paints?.[index] ?? one.paint,
    })),
  };
}

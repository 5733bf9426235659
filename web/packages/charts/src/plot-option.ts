import { countRows, labelCategory, metricsOf } from './chart-columns.js';
import { formatTick, formatValue } from './chart-values.js';
import { fade, type PlotLook } from './plot-look.js';
import { buildSeries, fromZero, isHorizontal, type PlotSpec, type Series } from './plot-series.js';

/** Looser than the library's own types, which allow only what is known of each axis kind beforehand. */
interface Axis {
  type: 'category' | 'value';
  axisLabel?: object;
  [setting: string]: unknown;
}

/** What the engine draws: always one grid with one category axis and one value axis. */
export interface PlotOption {
  grid: object;
  xAxis: Axis;
  yAxis: Axis;
  series: Series[];
  [setting: string]: unknown;
}

type Layout = Pick<PlotOption, 'grid' | 'xAxis' | 'yAxis'>;

/** Room of one label under a plot, in pixels. */
const labelWidth = 96;

/** Height that one category of a horizontal bar plot needs to be readable, in pixels. */
export const barRowHeight = 26;

/** Height beyond which bars of one picture no longer seem to belong together, in pixels. */
export const mostBarRowHeight = 48;

/** Pure: the picture of a result for a stage of `width` pixels. */
export function buildPlotOption(spec: PlotSpec, look: PlotLook, width: number): PlotOption {
  const horizontal = isHorizontal(spec.chart);
  return {
    // A picture is there when its data is: nothing to wait for, nothing that moves beside text one reads.
    animation: false,
    textStyle: { fontFamily: look.font },
    series: buildSeries(spec, look),
    ...(horizontal ? layHorizontal(spec, look, width) : layVertical(spec, look, width)),
  };
}

function layVertical(spec: PlotSpec, look: PlotLook, width: number): Layout {
  const line = spec.chart.type === 'line';
  const axis = buildCategoryAxis(spec, look);
  const category: Axis = {
    ...axis,
    axisLabel: {
      ...axis.axisLabel,
      interval: labelEvery(axis.data, width),
      ...cutTo(labelWidth, axis.data),
    },
    boundaryGap: !line,
    axisPointer: {
      show: true,
      type: line ? 'line' : 'shadow',
      label: { show: false },
      lineStyle: { color: look.muted, width: 1, type: [3, 3], opacity: 0.6 },
      shadowStyle: { color: fade(look.muted, 0.1) },
    },
  };
  return {
    grid: { left: 2, right: line ? 14 : 4, top: 10, bottom: 2, outerBoundsMode: 'same' },
    xAxis: category,
    yAxis: buildValueAxis(spec, look),
  };
}

function layHorizontal(spec: PlotSpec, look: PlotLook, width: number): Layout {
  const category = buildCategoryAxis(spec, look);
  const labels = metricsOf(spec.columns).flatMap((metric) =>
    metric.values.map((value) => formatValue(metric, value)),
  );
  const room = 12 + longestLine(labels);
  const nameWidth = Math.round(Math.min(200, width * 0.42));
  return {
    grid: { left: 2, right: room, top: 0, bottom: 0, outerBoundsMode: 'same' },
    xAxis: {
      ...buildValueAxis(spec, look),
      max: ({ max }: { max: number }) => longestBar(spec, max),
      axisLabel: { show: false },
      splitLine: { show: false },
    },
    yAxis: {
      ...category,
      inverse: true,
      axisLine: { show: false },
      axisLabel: {
        ...category.axisLabel,
        color: look.text,
        interval: 0,
        ...cutTo(nameWidth, category.data),
      },
      axisPointer: {
        show: true,
        type: 'shadow',
        label: { show: false },
        shadowStyle: { color: fade(look.muted, 0.1) },
      },
    },
  };
}

/**
 * The longest bar fills the width: there are no ticks that would need a round end. A lone share has no other bar beside
 * it, and is read against the whole.
 */
function longestBar({ columns }: PlotSpec, longest: number): number {
  const share = metricsOf(columns).every(({ format }) => format?.style === 'percent');
  return share && countRows(columns) === 1 ? Math.max(1, longest) : Math.max(0, longest);
}

function buildCategoryAxis({ columns }: PlotSpec, look: PlotLook): Axis & { data: string[] } {
  const labels = Array.from({ length: countRows(columns) }, (_, index) =>
    labelCategory(columns, index),
  );
  return {
    type: 'category',
    data: labels,
    axisTick: { show: false },
    axisLine: { lineStyle: { color: look.border } },
    axisLabel: {
      color: look.muted,
      fontSize: 12,
      lineHeight: 15,
      margin: 10,
    },
  };
}

/**
 * The library's own choice may leave out the first label, which for times is the one that names the year. So: every
 * n-th from the first, n being the least that gives each label its room, and one that divides a day or a year.
 */
function labelEvery(labels: string[], width: number): (index: number) => boolean {
  const room = Math.min(labelWidth, longestLine(labels)) + 6;
  const needed = (labels.length * room) / Math.max(1, width - 60);
  const step = [1, 2, 3, 6, 12].find((every) => every >= needed) ?? Math.ceil(needed);
  return (index) => index % step === 0;
}

/** Ends longer labels with an ellipsis. A width makes the library give it to every label, so only when there is need. */
function cutTo(width: number, labels: string[]): object {
  return longestLine(labels) > width ? { width, overflow: 'truncate' } : {};
}

/** The width of the longest line of text, in pixels: a generous estimate that knows wide scripts. */
function longestLine(labels: string[]): number {
  const lines = labels.flatMap((label) => label.split('\n'));
  return lines.reduce((most, line) => Math.max(most, estimateWidth(line)), 0);
}

function estimateWidth(line: string): number {
  const wide = line.match(/[\u1100-\u11ff\u2e80-\uffe6]/g)?.length ?? 0;
  return line.length * 7 + wide * 5;
}

function buildValueAxis(spec: PlotSpec, look: PlotLook): Axis {
  const metric = metricsOf(spec.columns)[0];
  return {
    type: 'value',
    // Bars are read by their length and begin at zero. A line is read by its slope.
    scale: spec.chart.type === 'line' && !fromZero(spec.columns),
    splitNumber: 4,
    axisLine: { show: false },
    axisTick: { show: false },
    axisLabel: {
      color: look.muted,
      fontSize: 12,
      margin: 10,
      formatter: (value: number) => (metric ? formatTick(metric, value) : String(value)),
    },
    splitLine: { lineStyle: { color: look.grid, width: 1 } },
    axisPointer: { show: false },
  };
}

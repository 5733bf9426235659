import type { Chart, Column } from '@aracari/api';
import { countRows, dimensionsOf, drawnNumber, metricsOf, nameCategory } from './chart-columns.js';
import { seriesPaint } from './build-cartesian.js';
import { formatCount, formatShare, formatTick, formatValue } from './chart-values.js';
import type { Language } from './language.js';
import type { CircularModel, FunnelModel, GaugeModel, Paint } from './plot-model.js';
import { type PointAt, pointAt } from './series-table.js';

/** One part of a whole, or one step: a row of a result with one metric, or a metric of a result with one row. */
interface Part {
  label: string;
  metric: Column;
  value: number | null;
  at: PointAt[];
}

/** More slices than this cannot be told apart. */
const mostSlices = 9;

function partsOf(columns: readonly Column[], language: Language): Part[] {
  const dimensions = dimensionsOf(columns);
  const metrics = metricsOf(columns);
  const [metric] = metrics;
  if (!metric) return [];
  if (dimensions.length === 0) {
    return metrics.map((one) => ({
      label: one.label,
      metric: one,
      value: drawnNumber(one.values[0]),
      at: [],
    }));
  }
  return Array.from({ length: countRows(columns) }, (_, row) => ({
    label: nameCategory(columns, row, language),
    metric,
    value: drawnNumber(metric.values[row]),
    at: dimensions.map((dimension) => pointAt(dimension, row)),
  }));
}

/** A pie or a donut. Pure. What has no size, or one below zero, is no part of a whole and is told beside it. */
export function buildCircular(
  chart: Chart,
  columns: readonly Column[],
  language: Language,
): CircularModel {
  const all = partsOf(columns, language);
  const drawable = all.filter((part): part is Part & { value: number } => (part.value ?? 0) > 0);
  const bad = all.filter(({ value }) => value === null || value < 0).length;
  const parts = joinSmallest(drawable, language);
  const total = parts.reduce((sum, { value }) => sum + value, 0);
  const textOf = ({ metric, value }: Part) => formatValue(metric, value, language);
  const slices = parts.map((part, index) => ({
    key: `${index} ${part.label}`,
    value: part.value,
    paint: seriesPaint(index),
  }));
  const metric = all[0]?.metric;
  return {
    kind: 'circular',
    donut: chart.options?.donut === true,
    slices,
    totalLabel: language.texts.total,
    totalOf: (visible) => (metric ? formatTick(metric, visible, language) : ''),
    shareOf: (share) => formatShare(share, language),
    notes: bad > 0 ? [language.texts.notDrawn(formatCount(bad, language))] : [],
    legend: parts.map((part, index) => ({
      key: slices[index]?.key ?? '',
      label: part.label,
      paint: seriesPaint(index),
      value: formatShare(part.value / total, language),
    })),
    leastHeight: 0,
    describe: ({ index }) => {
      const part = parts[index];
      if (!part) return { title: '', rows: [] };
      const share = formatShare(part.value / total, language);
      const row = { label: part.metric.label, value: `${textOf(part)} (${share})` };
      return { title: part.label, rows: [{ ...row, paint: seriesPaint(index) }] };
    },
    atOf: ({ index }) => parts[index]?.at ?? [],
    places: parts.length,
  };
}

type Slice = Part & { value: number };

function joinSmallest(parts: Slice[], { texts, ...language }: Language): Slice[] {
  if (parts.length <= mostSlices + 1) return parts;
  const largest = [...parts].sort((a, b) => b.value - a.value);
  const rest = largest.slice(mostSlices);
  const [first] = rest as [Slice];
  const value = rest.reduce((sum, part) => sum + part.value, 0);
  const label = texts.more(formatCount(rest.length, { texts, ...language }));
  return [
    ...largest.slice(0, mostSlices),
    { ...first, label, value, at: first.at.map((at) => ({ ...at, other: true })) },
  ];
}

const stepHeight = 46;
const mostSteps = 50;

/** Steps, each with what is left of the first and of the one before. Pure. */
export function buildFunnel(
  _chart: Chart,
  columns: readonly Column[],
  language: Language,
): FunnelModel {
  const all = partsOf(columns, language);
  const drawable = all.filter((part): part is Slice => part.value !== null && part.value >= 0);
  const bad = all.length - drawable.length;
  const parts = drawable.slice(0, mostSteps);
  const share = (value: number, whole = 0) =>
    whole > 0 ? formatShare(value / whole, language) : '';
  const steps = parts.map(({ label, metric, value }, index) => ({
    label,
    value,
    text: formatValue(metric, value, language),
    share: share(value, parts[0]?.value),
    kept: index === 0 ? '' : share(value, parts[index - 1]?.value),
  }));
  const { texts } = language;
  const cut = parts.length < drawable.length;
  const count = (number: number) => formatCount(number, language);
  return {
    kind: 'funnel',
    steps,
    notes: [
      ...(bad > 0 ? [texts.notDrawn(count(bad))] : []),
      ...(cut ? [texts.firstOf(count(parts.length), count(drawable.length))] : []),
    ],
    legend: [],
    leastHeight: steps.length * stepHeight,
    describe: ({ index }) => {
      const step = steps[index];
      if (!step) return { title: '', rows: [] };
      const kept = step.kept ? [{ label: texts.ofPrevious, value: step.kept }] : [];
      return {
        title: step.label,
        rows: [
          { label: parts[index]?.metric.label ?? '', value: step.text, paint: 'series-1' },
          { label: texts.ofFirst, value: step.share },
          ...kept,
        ],
      };
    },
    atOf: ({ index }) => parts[index]?.at ?? [],
    places: steps.length,
  };
}

/** One value on a scale. Pure. Without a maximum, the scale ends at the last step or at a round number above the value. */
export function buildGauge(
  { options = {} }: Chart,
  columns: readonly Column[],
  language: Language,
): GaugeModel {
  const metric = metricsOf(columns)[0];
  const value = drawnNumber(metric?.values[0]) ?? 0;
  const least = options.minimum ?? Math.min(0, value);
  const most = Math.max(
    options.maximum ?? endOf(metric, value, options.steps?.at(-1)?.from),
    least + Number.EPSILON,
  );
  const ordered = [...(options.steps ?? [])].sort((a, b) => a.from - b.from);
  const steps = ordered
    .map(({ from, color }, index) => ({
      from: Math.max(from, least),
      to: Math.min(ordered[index + 1]?.from ?? most, most),
      paint: color as Paint,
    }))
    .filter(({ from, to }) => to > from);
  const paint = ordered.filter(({ from }) => from <= value).at(-1)?.color ?? 'series-1';
  const text = metric ? formatValue(metric, value, language) : '';
  const tick = (at: number) => (metric ? formatTick(metric, at, language) : '');
  const label = metric?.label ?? '';
  return {
    ...{ kind: 'gauge', value, text, label, least, most, paint, steps },
    leastText: tick(least),
    mostText: tick(most),
    notes: [],
    legend: [],
    leastHeight: 0,
    describe: () => ({ title: label, rows: [{ label: '', value: text, paint }] }),
    atOf: () => [],
    places: 1,
  };
}

function endOf(metric: Column | undefined, value: number, lastStep = 0): number {
  if (metric?.format?.style === 'percent' && value <= 1 && lastStep < 1) return 1;
  const high = Math.max(Math.abs(value), lastStep, Number.EPSILON) * 1.2;
  const size = 10 ** Math.floor(Math.log10(high));
  return Math.ceil(high / size) * size;
}

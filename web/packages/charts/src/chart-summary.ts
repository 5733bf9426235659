import type { Chart, Column } from '@aracari/api';
import { countRows, metricsOf, nameCategory } from './chart-columns.js';
import { formatValue } from './chart-values.js';

/** The text alternative of a plot: what it is, from where to where, and the extremes of each metric. */
export function summarizePlot(chart: Chart, columns: readonly Column[]): string {
  const count = countRows(columns);
  const kind = chart.type === 'line' ? 'Line chart' : 'Bar chart';
  const range = `${count} points, from ${nameCategory(columns, 0)} to ${nameCategory(columns, count - 1)}`;
  return [
    `${kind}: ${chart.name}`,
    range,
    ...metricsOf(columns).map((metric) => extremes(metric, columns)),
  ].join('. ');
}

function extremes(metric: Column, columns: readonly Column[]): string {
  const known = metric.values
    .map((value, index) => ({ value: Number(value), index }))
    .filter(({ index }) => {
      return metric.values[index] !== null;
    });
  if (known.length === 0) return `${metric.label}: no values`;
  const high = known.reduce((best, point) => (point.value > best.value ? point : best));
  const low = known.reduce((best, point) => (point.value < best.value ? point : best));
  const say = ({ value, index }: typeof high) =>
    `${formatValue(metric, value)} at ${nameCategory(columns, index)}`;
  return `${metric.label}: highest ${say(high)}, lowest ${say(low)}`;
}

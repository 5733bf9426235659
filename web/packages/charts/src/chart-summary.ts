import type { Chart, Column } from '@aracari/api';
import { countRows, dimensionsOf, metricsOf, nameCategory } from './chart-columns.js';
import { formatCount, formatValue } from './chart-values.js';
import type { Language } from './language.js';
import type { PlotModel } from './plot-model.js';

/** The text alternative of a plot: what it is, from where to where, and the extremes of each metric. */
export function summarizePlot(
  chart: Chart,
  columns: readonly Column[],
  model: PlotModel,
  language: Language,
): string {
  const kind = language.texts.chartTypes[chart.type] ?? language.texts.chartTypes.bar;
  return [`${kind}: ${chart.name}`, ...factsOf(columns, model, language), ...model.notes].join(
    '. ',
  );
}

function factsOf(columns: readonly Column[], model: PlotModel, language: Language): string[] {
  const { texts } = language;
  if (model.kind === 'gauge')
    return [texts.valueOf(model.label, model.text, model.leastText, model.mostText)];
  const count = countRows(columns);
  const metrics = metricsOf(columns);
  const facts = metrics.map((metric) => extremes(metric, columns, language));
  if (dimensionsOf(columns).length === 0)
    return metrics.map((one) => `${one.label}: ${formatValue(one, one.values[0], language)}`);
  const all = formatCount(count, language);
  if (model.kind === 'heatmap') return [texts.cells(all), ...facts];
  const name = (row: number) => nameCategory(columns, row, language);
  return [texts.points(all, name(0), name(count - 1)), ...facts];
}

function extremes(metric: Column, columns: readonly Column[], language: Language): string {
  let [high, low] = [-1, -1];
  metric.values.forEach((value, row) => {
    if (value === null || !Number.isFinite(Number(value))) return;
    if (high < 0 || Number(value) > Number(metric.values[high])) high = row;
    if (low < 0 || Number(value) < Number(metric.values[low])) low = row;
  });
  const { texts } = language;
  if (high < 0) return texts.noValues(metric.label);
  const say = (row: number) => formatValue(metric, metric.values[row], language);
  const name = (row: number) => nameCategory(columns, row, language);
  return texts.extremes(metric.label, say(high), name(high), say(low), name(low));
}

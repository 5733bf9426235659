import type { Chart, Column } from '@aracari/api';
import { drawnNumber } from './chart-columns.js';
import type { Paint } from './plot-model.js';

/** The colour that the chart's rules give to a value of a metric, if any; the first rule that holds decides. */
export function paintByValue(chart: Chart, metric: Column, value: unknown): Paint | undefined {
  const number = drawnNumber(value);
  if (number === null) return undefined;
  return chart.options?.colors?.find(
    ({ metric: name, from = -Infinity, to = Infinity }) =>
      name === metric.name && number >= from && number < to,
  )?.color;
}

import type { ChartSpec, Table } from '@aracari/api';
import { nameOfGrain } from './grain-words.js';

type Fields = Pick<Table, 'dimensions' | 'metrics'>;

export function labelOfMetric(name: string, { metrics }: Fields): string {
  return metrics.find((each) => each.name === name)?.label ?? name;
}

export function labelOfDimension(name: string, { dimensions }: Fields): string {
  return dimensions.find((each) => each.name === name)?.label ?? name;
}

/** A name for a chart that nobody has named: “Flights by month and state”. */
export function proposeName(
  spec: ChartSpec,
  table: Fields & Pick<Table, 'label' | 'name'>,
): string {
  const metrics = joined(spec.metrics.map((name) => labelOfMetric(name, table)));
  const groups = joined(
    spec.dimensions.map(({ dimension, grain }) =>
      (grain ? nameOfGrain(grain) : labelOfDimension(dimension, table)).toLowerCase(),
    ),
  );
  if (!metrics) return table.label || table.name;
  const name = groups ? `${metrics} by ${groups}` : metrics;
  return spec.top ? `${name}, top ${spec.top.count}` : name;
}

function joined(words: string[]): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

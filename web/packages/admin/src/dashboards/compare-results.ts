import type { Column, NumberStyle, Scalar } from '@aracari/api';

/** One value that two viewers see otherwise. Undefined: one of them does not see the row or the column at all. */
export interface Difference {
  /** The values of the dimensions, in their order; empty for a single number. */
  where: Scalar[];
  metric: string;
  format: NumberStyle | undefined;
  first: Scalar | undefined;
  second: Scalar | undefined;
}

export interface Comparison {
  /** How many values are the same. */
  same: number;
  differences: Difference[];
}

/** Compares what one chart shows to two viewers, row by row of the same dimension values. */
export function compareCharts(first: Column[], second: Column[]): Comparison {
  const [left, right] = [readRows(first), readRows(second)];
  const metrics = [
    ...new Map([...first, ...second].filter(isMetric).map((each) => [each.name, each])).values(),
  ];
  const keys = [...left.keys(), ...[...right.keys()].filter((key) => !left.has(key))];
  const result: Comparison = { same: 0, differences: [] };
  for (const key of keys) {
    const [one, other] = [left.get(key), right.get(key)];
    for (const { name, label, format } of metrics) {
      const [a, b] = [one?.values.get(name), other?.values.get(name)];
      if (a === b) result.same += 1;
      else
        result.differences.push({
          where: (one ?? other)?.where ?? [],
          metric: label,
          format,
          first: a,
          second: b,
        });
    }
  }
  return result;
}

interface Row {
  where: Scalar[];
  values: Map<string, Scalar>;
}

function readRows(columns: Column[]): Map<string, Row> {
  const dimensions = columns.filter((column) => !isMetric(column));
  const metrics = columns.filter(isMetric);
  const rows = new Map<string, Row>();
  const count = columns[0]?.values.length ?? 0;
  for (let index = 0; index < count; index += 1) {
    const where = dimensions.map(({ values }) => values[index] ?? null);
    const values = new Map(metrics.map((metric) => [metric.name, metric.values[index] ?? null]));
    rows.set(JSON.stringify(where), { where, values });
  }
  return rows;
}

function isMetric({ role }: Column): boolean {
  return role === 'metric';
}

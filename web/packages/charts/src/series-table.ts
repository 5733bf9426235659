import type { Column, Scalar } from '@aracari/api';
import {
  countRows,
  dimensionsOf,
  labelCategory,
  metricsOf,
  nameCategory,
} from './chart-columns.js';
import { withAllSteps } from './axis-steps.js';
import { formatCell, isNumber, isTime } from './chart-values.js';
import type { Language } from './language.js';

/** One bar per category, or one line: a metric, and with two dimensions a metric for one value of the second. */
export interface TableSeries {
  label: string;
  metric: Column;
  /** The values of the dimensions after the first that this series is for. */
  at: PointAt[];
  values: readonly Scalar[];
}

/** One value of one dimension: where a point of a chart stands. */
export interface PointAt {
  dimension: string;
  grain?: Column['grain'];
  binWidth?: number;
  value: Scalar;
  /** The point stands for all values but the largest: no filter can say that. */
  other?: boolean;
}

/** A result as categories and series. All `values` have as many entries as there are categories. */
export interface SeriesTable {
  /** The first dimension: one value for each category. None for a result without dimensions, which has one category. */
  category: Column | undefined;
  count: number;
  series: TableSeries[];
  /** As in the result: series are only as many as can be told apart. */
  allSeries: number;
  /** Whether categories follow each other: times, numbers, bins. */
  ordered: boolean;
  nameOf(index: number): string;
  labelOf(index: number): string;
  atOf(index: number): PointAt[];
}

/** More lines or parts of a bar than this cannot be told apart. */
const mostSeries = 20;

/** `inOrder` sorts categories that are times, as lines need it. */
export function tabulate(
  columns: readonly Column[],
  language: Language,
  { inOrder = false } = {},
): SeriesTable {
  const dimensions = dimensionsOf(columns);
  const spread = dimensions.length > 1 ? pivot(columns, language) : plain(columns);
  const sorted = inOrder ? sortByTime(spread.columns) : spread.columns;
  const stepped = withAllSteps(sorted, language.firstDayOfWeek);
  const category = dimensionsOf(stepped)[0];
  const metrics = metricsOf(stepped);
  const named = category ? [category] : [];
  return {
    category,
    count: countRows(stepped),
    allSeries: spread.allSeries,
    series: spread.heads.map((head, index) => ({ ...head, values: metrics[index]?.values ?? [] })),
    ordered: category !== undefined && isOrdered(category),
    nameOf: (index) => nameCategory(named, index, language),
    labelOf: (index) => labelCategory(named, index, language),
    atOf: (index) => (category ? [pointAt(category, index)] : []),
  };
}

/** Where a row stands on one dimension. */
export function pointAt(column: Column, index: number): PointAt {
  const { name, grain, binWidth } = column;
  return {
    dimension: name,
    value: column.values[index] ?? null,
    ...(grain === undefined ? {} : { grain }),
    ...(binWidth === undefined ? {} : { binWidth }),
    ...(column.otherAt?.includes(index) ? { other: true } : {}),
  };
}

interface Spread {
  columns: Column[];
  heads: Omit<TableSeries, 'values'>[];
  allSeries: number;
}

function plain(columns: readonly Column[]): Spread {
  const metrics = metricsOf(columns);
  return {
    columns: [...dimensionsOf(columns), ...metrics],
    heads: metrics.map((metric) => ({ label: metric.label, metric, at: [] })),
    allSeries: metrics.length,
  };
}

/** Gives each value of the further dimensions a column of its own, over the values of the first one. */
function pivot(columns: readonly Column[], language: Language): Spread {
  const [first, ...others] = dimensionsOf(columns) as [Column, ...Column[]];
  const metrics = metricsOf(columns);
  const rows = Array.from({ length: countRows(columns) }, (_, row) => row);
  const categories = group(rows, (row) => keyOf([first], row));
  const all = group(rows, (row) => keyOf(others, row));
  const kept = keepLargest(all, metrics[0]);
  const placeOf = new Map(categories.flatMap((group, place) => group.map((row) => [row, place])));
  const heads: Spread['heads'] = [];
  const series: Column[] = [];
  for (const members of kept) {
    for (const metric of metrics) {
      const values: Scalar[] = Array.from({ length: categories.length }, () => null);
      for (const row of members) values[placeOf.get(row) ?? 0] = metric.values[row] ?? null;
      const name = others
        .map((column) => formatCell(column, members[0] ?? 0, language))
        .join(' · ');
      const label = metrics.length > 1 ? `${name} · ${metric.label}` : name;
      heads.push({ label, metric, at: others.map((column) => pointAt(column, members[0] ?? 0)) });
      series.push({ ...metric, label, values });
    }
  }
  const category = pick(
    first,
    categories.map((members) => members[0] ?? 0),
  );
  return { columns: [category, ...series], heads, allSeries: all.length * metrics.length };
}

function keyOf(columns: readonly Column[], row: number): string {
  return JSON.stringify(
    columns.map((column) => (column.otherAt?.includes(row) ? {} : (column.values[row] ?? null))),
  );
}

function group(rows: number[], keyOf: (row: number) => string): number[][] {
  const groups = new Map<string, number[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const members = groups.get(key);
    if (members) members.push(row);
    else groups.set(key, [row]);
  }
  return [...groups.values()];
}

/** The groups with the largest sums, in the order in which they came. */
function keepLargest(groups: number[][], metric: Column | undefined): number[][] {
  if (groups.length <= mostSeries) return groups;
  const sizeOf = (members: number[]) =>
    members.reduce((sum, row) => sum + Math.abs(Number(metric?.values[row] ?? 0) || 0), 0);
  const least = groups.map(sizeOf).sort((a, b) => b - a)[mostSeries - 1] ?? 0;
  return groups.filter((members) => sizeOf(members) >= least).slice(0, mostSeries);
}

/** The same column with only these rows, in this order. */
export function pick(column: Column, rows: readonly number[]): Column {
  const { otherAt, ...rest } = column;
  const others = new Set(otherAt);
  const places = rows.flatMap((row, place) => (others.has(row) ? [place] : []));
  return {
    ...rest,
    values: rows.map((row) => column.values[row] ?? null),
    ...(places.length > 0 ? { otherAt: places } : {}),
  };
}

function sortByTime(columns: Column[]): Column[] {
  const category = dimensionsOf(columns)[0];
  if (!category || !isOrdered(category)) return columns;
  const place = (row: number) => {
    const value = category.values[row];
    if (value === null || value === undefined) return -Infinity;
    return isTime(category) ? Date.parse(String(value)) : Number(value);
  };
  const rows = category.values.map((_, row) => row);
  if (rows.every((row) => row === 0 || place(row - 1) <= place(row))) return columns;
  rows.sort((a, b) => place(a) - place(b));
  return columns.map((column) => pick(column, rows));
}

function isOrdered({ grain, binWidth, ...column }: Column): boolean {
  return grain !== undefined || binWidth !== undefined || isTime(column) || isNumber(column);
}

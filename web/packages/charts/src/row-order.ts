import type { Column, Scalar } from '@aracari/api';
import { isNumber, isTime } from './chart-values.js';

/** Which column a viewer sorts a table by. */
export interface RowSort {
  column: number;
  descending: boolean;
}

/**
 * The rows of a table in the viewer's order: empty values come last either way, and equal ones stay as they are.
 * Without a sort, the order of the result.
 */
export function orderRows(
  columns: readonly Column[],
  count: number,
  sort: RowSort | undefined,
  locale: string,
): Uint32Array {
  const rows = Uint32Array.from({ length: count }, (_, row) => row);
  const column = sort && columns[sort.column];
  if (!sort || !column) return rows;
  const compare = comparison(column, locale);
  const turn = sort.descending ? -1 : 1;
  const { values } = column;
  return rows.sort((a, b) => {
    const [first = null, second = null] = [values[a], values[b]];
    if (first === null || second === null)
      return first === second ? a - b : first === null ? 1 : -1;
    return compare(first, second) * turn || a - b;
  });
}

type Known = Exclude<Scalar, null>;

function comparison(column: Column, locale: string): (a: Known, b: Known) => number {
  if (isNumber(column) || column.type === 'boolean') return (a, b) => Number(a) - Number(b);
  if (isTime(column)) return (a, b) => (a < b ? -1 : a > b ? 1 : 0);
  const { compare } = new Intl.Collator(locale, { numeric: true });
  return (a, b) => compare(String(a), String(b));
}

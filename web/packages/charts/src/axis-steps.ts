import type { Column, Scalar } from '@aracari/api';
import { dimensionsOf } from './chart-columns.js';

/** With more steps than this, gaps are narrower than what an axis can show. */
const mostSteps = 500;

const dayMilliseconds = 86_400_000;

/** Where a value stands on a scale of whole steps, and back. */
interface Steps {
  positionOf(value: Scalar): number;
  valueAt(position: number): Scalar;
}

/**
 * An answer has no row for a bin, an hour or a month in which there is nothing. On an axis such a step must keep its
 * place, or distances lie: this puts it in, without values. Other results, and those in another order, stay as they are.
 */
export function withAllSteps(columns: readonly Column[]): readonly Column[] {
  const dimensions = dimensionsOf(columns);
  const dimension = dimensions.length === 1 ? dimensions[0] : undefined;
  const steps = dimension && stepsOf(dimension);
  if (!dimension || !steps) return columns;
  const positions = dimension.values.map((value) => steps.positionOf(value));
  const [first, last] =
    dimension.grain === 'hourOfDay' ? [0, 23] : [positions[0], positions.at(-1)];
  if (first === undefined || last === undefined || last - first >= mostSteps) return columns;
  const known = (position: number, index: number) =>
    steps.valueAt(position) === dimension.values[index] &&
    (index === 0 || position > (positions[index - 1] ?? position));
  if (!positions.every(known)) return columns;
  const all = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  const rows = new Map(positions.map((position, index) => [position, index]));
  return columns.map((column) => ({
    ...column,
    values: all.map((position) =>
      column === dimension
        ? steps.valueAt(position)
        : (column.values[rows.get(position) ?? -1] ?? null),
    ),
  }));
}

function stepsOf({ type, grain, binWidth }: Column): Steps | undefined {
  if (binWidth !== undefined) {
    return {
      positionOf: (value) => (value === null ? NaN : Math.round(Number(value) / binWidth)),
      valueAt: (position) => position * binWidth,
    };
  }
  if (grain === undefined) return undefined;
  if (grain === 'hourOfDay') return { positionOf: Number, valueAt: (position) => position };
  return {
    positionOf: (value) => countTime(new Date(value === null ? NaN : String(value)), grain),
    valueAt: (position) => renderTime(timeAt(position, grain), type),
  };
}

type TimeGrain = 'day' | 'month' | 'year';

/** Days, months or years since the beginning of 1970. */
function countTime(time: Date, grain: TimeGrain): number {
  const years = time.getUTCFullYear() - 1970;
  if (grain === 'year') return years;
  return grain === 'month' ? years * 12 + time.getUTCMonth() : time.getTime() / dayMilliseconds;
}

function timeAt(position: number, grain: TimeGrain): number {
  if (grain === 'day') return position * dayMilliseconds;
  return grain === 'month' ? Date.UTC(1970, position) : Date.UTC(1970 + position, 0);
}

/** As the server writes times. */
function renderTime(time: number, type: Column['type']): Scalar {
  if (!Number.isFinite(time)) return null;
  const text = new Date(time).toISOString();
  return type === 'date' ? text.slice(0, 10) : text.replace('.000Z', 'Z');
}

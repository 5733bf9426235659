import type { Column, Grain, Scalar } from '@aracari/api';
import { dimensionsOf } from './chart-columns.js';

/** With more steps than this, gaps are narrower than what an axis can show. */
const mostSteps = 500;

/** Where a value stands on a scale of whole steps, and back. */
interface Steps {
  positionOf(value: Scalar): number;
  valueAt(position: number): Scalar;
}

/**
 * An answer has no row for a bin, an hour or a month in which there is nothing. On an axis such a step must keep its
 * place, or distances lie: this puts it in, without values. Weekdays then begin with `firstDayOfWeek`. Other results, and
 * those in another order, stay as they are.
 */
export function withAllSteps(columns: readonly Column[], firstDayOfWeek = 1): readonly Column[] {
  const dimensions = dimensionsOf(columns);
  const dimension = dimensions.length === 1 ? dimensions[0] : undefined;
  const steps = dimension && stepsOf(dimension);
  if (!dimension || !steps || dimension.otherAt) return columns;
  const positions = dimension.values.map((value) => steps.positionOf(value));
  const [first, last] = cycleOf(dimension.grain) ?? [positions[0], positions.at(-1)];
  if (first === undefined || last === undefined || last - first >= mostSteps) return columns;
  const known = (position: number, index: number) =>
    steps.valueAt(position) === dimension.values[index] &&
    (index === 0 || position > (positions[index - 1] ?? position));
  if (!positions.every(known)) return columns;
  const inData = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  const shift = dimension.grain === 'dayOfWeek' ? firstDayOfWeek - 1 : 0;
  const all = [...inData.slice(shift), ...inData.slice(0, shift)];
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
  if (cycleOf(grain)) return { positionOf: Number, valueAt: (position) => position };
  const scale = timeScales[grain as TimeGrain];
  return {
    positionOf: (value) => scale.count(new Date(value === null ? NaN : String(value))),
    valueAt: (position) => renderTime(scale.timeAt(position), type),
  };
}

/** The first and the last step of a grain that comes round again. */
export function cycleOf(grain: Grain | undefined): readonly [number, number] | undefined {
  if (grain === 'hourOfDay') return [0, 23];
  if (grain === 'dayOfWeek') return [1, 7];
  return grain === 'monthOfYear' ? [1, 12] : undefined;
}

type TimeGrain = Exclude<Grain, 'hourOfDay' | 'dayOfWeek' | 'monthOfYear'>;

/** Counts steps since the beginning of 1970, and back. */
interface TimeScale {
  count(time: Date): number;
  timeAt(position: number): number;
}

const minute = 60_000;
const day = 1440 * minute;

const timeScales: Record<TimeGrain, TimeScale> = {
  minute: evenly(minute),
  hour: evenly(60 * minute),
  day: evenly(day),
  // The first Monday was the fifth of January.
  week: evenly(7 * day, 4 * day),
  month: byMonths(1),
  quarter: byMonths(3),
  year: byMonths(12),
};

function evenly(width: number, start = 0): TimeScale {
  return {
    count: (time) => (time.getTime() - start) / width,
    timeAt: (position) => start + position * width,
  };
}

function byMonths(width: number): TimeScale {
  return {
    count: (time) => ((time.getUTCFullYear() - 1970) * 12 + time.getUTCMonth()) / width,
    timeAt: (position) => Date.UTC(1970, position * width),
  };
}

/** As the server writes times. */
function renderTime(time: number, type: Column['type']): Scalar {
  if (!Number.isFinite(time)) return null;
  const text = new Date(time).toISOString();
  return type === 'date' ? text.slice(0, 10) : text.replace('.000Z', 'Z');
}

import { nice, ticks } from 'd3-array';

/** A scale from values to pixels, and the values that are named on it. */
export interface ValueScale {
  least: number;
  most: number;
  ticks: number[];
  /** 0 at `least`, 1 at `most`. */
  partOf(value: number): number;
}

/** A scale with round ends over some values. `exact`: it ends at the values themselves. */
export function scaleOver(
  values: readonly [least: number, most: number],
  { count = 4, exact = false } = {},
): ValueScale {
  let [least, most] = values.every(Number.isFinite) ? values : [0, 1];
  if (least === most) [least, most] = widen(least);
  const [from, to] = exact ? [least, most] : nice(least, most, count);
  const span = to - from || 1;
  return {
    least: from,
    most: to,
    ticks: ticks(from, to, count),
    partOf: (value) => (value - from) / span,
  };
}

/** A scale needs some length, even where all values are one. */
function widen(value: number): [number, number] {
  if (value === 0) return [0, 1];
  return value > 0 ? [0, value] : [value, 0];
}

import type { CartesianModel } from './plot-model.js';

/** From where to where a value reaches on its axis. */
export type Span = [from: number, to: number];

/** Of each series at one category; undefined for what is hidden or missing. Stacks stand apart above and below zero. */
export function spansAt(
  { series, stacked, percent }: CartesianModel,
  index: number,
  hidden: ReadonlySet<string>,
): (Span | undefined)[] {
  const values = series.map((one) => (hidden.has(one.key) ? null : (one.values[index] ?? null)));
  const sum = values.reduce<number>((total, value) => total + Math.abs(value ?? 0), 0);
  let [below, above] = [0, 0];
  return values.map((value) => {
    if (value === null) return undefined;
    const size = percent ? (sum > 0 ? value / sum : 0) : value;
    if (!stacked) return [0, size];
    return size < 0 ? [below, (below += size)] : [above, (above += size)];
  });
}

/** Of each series and category. */
export function spansOf(
  model: CartesianModel,
  hidden: ReadonlySet<string>,
): (Span | undefined)[][] {
  const spans: (Span | undefined)[][] = model.series.map(() => []);
  model.labels.forEach((_, index) =>
    spansAt(model, index, hidden).forEach((span, place) => spans[place]?.push(span)),
  );
  return spans;
}

/** Of each series and category, whether it is the outer end of its stack, which is round. */
export function outerEnds(spans: (Span | undefined)[][]): boolean[][] {
  return spans.map((own) =>
    own.map((span, index) => {
      if (!span) return false;
      const up = span[1] >= span[0];
      return spans.every((row) => {
        const other = row[index];
        return !other || (up ? other[1] <= span[1] : other[1] >= span[1]);
      });
    }),
  );
}

import type { RowPlace, Selection } from '@aracari/api';
import type { PointAt } from '@aracari/charts';

/** What a data request can say of a place of a chart: not a bin, and not the rest of all others. */
export function selectionsOf(chart: string, at: readonly PointAt[]): Selection[] {
  return at
    .filter(({ other, binWidth }) => !other && binWidth === undefined)
    .map(({ dimension, grain, value }) => ({
      ...{ chart, dimension, values: [value] },
      ...(grain === undefined ? {} : { grain }),
    }));
}

/** The selections after a click: the same place again undoes it, another one of the same chart takes its place. */
export function toggleSelection(
  selections: readonly Selection[],
  chart: string,
  at: readonly PointAt[],
): Selection[] {
  const others = selections.filter((one) => one.chart !== chart);
  const before = selections.filter((one) => one.chart === chart);
  const chosen = selectionsOf(chart, at);
  return JSON.stringify(before) === JSON.stringify(chosen) ? others : [...others, ...chosen];
}

/** Where the rows behind a place are; none for the rest of all others. */
export function placesOf(at: readonly PointAt[]): RowPlace[] {
  return at.filter(({ other }) => !other).map(({ other: _other, ...place }) => place);
}

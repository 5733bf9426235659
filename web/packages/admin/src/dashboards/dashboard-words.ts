import type { ChartExplanation, ExplainedTimes, NumberStyle, Scalar } from '@aracari/api';

/** Where the time of an answer went, in the order in which it is spent. */
export const stages: [keyof ExplainedTimes, string][] = [
  ['guard', 'Guard'],
  ['queue', 'Queue'],
  ['engine', 'Engine'],
  ['encode', 'Encode'],
];

export interface Segment {
  stage: keyof ExplainedTimes;
  milliseconds: number;
  /** In percent of the whole bar. */
  from: number;
  width: number;
}

/** The stages beside each other, filling a bar of 100 %. None where no time was spent. */
export function layStages(times: ExplainedTimes): Segment[] {
  const total = totalOf(times);
  if (total <= 0) return [];
  let from = 0;
  return stages.map(([stage]) => {
    const width = (times[stage] / total) * 100;
    const segment = { stage, milliseconds: times[stage], from, width };
    from += width;
    return segment;
  });
}

export function totalOf(times: ExplainedTimes): number {
  return stages.reduce((total, [stage]) => total + times[stage], 0);
}

/** “12 ms”, “0.4 ms”, “0.02 ms”. */
export function formatMilliseconds(milliseconds: number): string {
  const digits = milliseconds >= 10 ? 0 : milliseconds >= 0.1 ? 1 : 2;
  return `${milliseconds.toFixed(digits)} ms`;
}

export function describeCache({
  cache,
  ageSeconds,
}: Pick<ChartExplanation, 'cache' | 'ageSeconds'>) {
  switch (cache) {
    case 'hit':
      return `Cache hit, ${Math.round(ageSeconds)} s old`;
    case 'shared':
      return 'Shared with a query under way';
    case 'miss':
      return 'Cache miss';
  }
}

/** “3 of 25, the others were skipped”. */
export function describeScan({
  rowGroups,
  rowGroupsRead,
}: {
  rowGroups: number;
  rowGroupsRead: number;
}): string {
  const amount = `${rowGroupsRead} of ${rowGroups}`;
  return rowGroupsRead < rowGroups ? `${amount}, the others were skipped` : amount;
}

/** A cell as a person reads it. */
export function formatCell(value: Scalar | undefined, format?: NumberStyle): string {
  if (value === undefined) return '–';
  if (value === null) return 'NULL';
  if (typeof value !== 'number') return String(value);
  const decimals = format?.decimals ?? (Number.isInteger(value) ? 0 : 2);
  const shown = new Intl.NumberFormat('en', {
    style: format?.style === 'percent' ? 'percent' : 'decimal',
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  }).format(value);
  return format?.unit ? `${shown} ${format.unit}` : shown;
}

import type { ColumnType, Grain } from '@aracari/api';

/** How times are cut, coarsest use first, and how it reads after “by”. */
const grains: [grain: Grain, name: string, needsTime: boolean][] = [
  ['minute', 'Minute', true],
  ['hour', 'Hour', true],
  ['day', 'Day', false],
  ['week', 'Week', false],
  ['month', 'Month', false],
  ['quarter', 'Quarter', false],
  ['year', 'Year', false],
  ['hourOfDay', 'Hour of day', true],
  ['dayOfWeek', 'Day of week', false],
  ['monthOfYear', 'Month of year', false],
];

export function grainsFor(type: ColumnType): [Grain, string][] {
  if (type !== 'date' && type !== 'datetime') return [];
  return grains
    .filter(([, , needsTime]) => !needsTime || type === 'datetime')
    .map(([grain, name]) => [grain, name]);
}

export function nameOfGrain(grain: Grain): string {
  return grains.find(([each]) => each === grain)?.[1] ?? grain;
}

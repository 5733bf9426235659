import type { Column, Usage } from '@aracari/api';

const dayMilliseconds = 86_400_000;

/** Views and end users of every day from `since` to today (UTC), also of those without, as a chart's columns. */
export function everyDay({ since, days }: Pick<Usage, 'since' | 'days'>, now: number): Column[] {
  const known = new Map(days.map((each) => [each.day, each]));
  const shown: string[] = [];
  for (let day = Date.parse(since); day <= now; day += dayMilliseconds)
    shown.push(new Date(day).toISOString().slice(0, 10));
  const counts = (of: 'views' | 'endUsers') => shown.map((day) => known.get(day)?.[of] ?? 0);
  const format = { style: 'decimal', decimals: 0 } as const;
  return [
    { name: 'day', label: 'Day', role: 'dimension', type: 'date', grain: 'day', values: shown },
    {
      ...{ name: 'views', label: 'Views', role: 'metric', type: 'integer', format },
      values: counts('views'),
    },
    {
      ...{ name: 'endUsers', label: 'End users', role: 'metric', type: 'integer', format },
      values: counts('endUsers'),
    },
  ];
}

import type { ChartFilter, ColumnType, DatePreset, FilterKind } from '@aracari/api';

export const datePresets: readonly [DatePreset, string][] = [
  ['today', 'Today'],
  ['yesterday', 'Yesterday'],
  ['last7Days', 'Last 7 days'],
  ['last30Days', 'Last 30 days'],
  ['last90Days', 'Last 90 days'],
  ['thisWeek', 'This week'],
  ['thisMonth', 'This month'],
  ['lastMonth', 'Last month'],
  ['thisQuarter', 'This quarter'],
  ['thisYear', 'This year'],
  ['lastYear', 'Last year'],
];

export const filterKinds: Record<FilterKind, string> = {
  category: 'Values',
  number: 'Number range',
  date: 'Date range',
  search: 'Text search',
};

/** The kinds of filter that a column can have; the first is the usual one. */
export function kindsFor(type: ColumnType): FilterKind[] {
  switch (type) {
    case 'integer':
    case 'numeric':
      return ['number', 'category'];
    case 'date':
    case 'datetime':
      return ['date'];
    case 'boolean':
      return ['category'];
    case 'string':
      return ['category', 'search'];
  }
}

export function kindOf(filter: ChartFilter, type: ColumnType): FilterKind {
  if ('values' in filter) return 'category';
  if ('contains' in filter) return 'search';
  if ('preset' in filter) return 'date';
  return type === 'date' || type === 'datetime' ? 'date' : 'number';
}

/** A filter that keeps every row still. */
export function newFilter(dimension: string, kind: FilterKind): ChartFilter {
  switch (kind) {
    case 'category':
      return { dimension, values: [] };
    case 'search':
      return { dimension, contains: '' };
    case 'date':
      return { dimension, preset: 'last30Days' };
    case 'number':
      return { dimension };
  }
}

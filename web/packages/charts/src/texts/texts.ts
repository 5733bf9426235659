import type { ChartType, DatePreset, Grain } from '@aracari/api';

/** All words of the charts and embeds in one language. Values that come in are already formatted. */
export interface Texts {
  yes: string;
  no: string;
  /** The name of the rows whose dimension has no value. */
  emptyCategory: string;
  /** The name of all categories that are not among the largest. */
  other: string;
  noData: string;
  grains: Record<Grain, string>;
  chartTypes: Record<ChartType, string>;

  // The text alternative of a chart.
  points: (count: string, first: string, last: string) => string;
  extremes: (label: string, high: string, highAt: string, low: string, lowAt: string) => string;
  noValues: (label: string) => string;
  cells: (count: string) => string;
  valueOf: (label: string, value: string, least: string, most: string) => string;

  // What is told below a chart.
  firstOf: (shown: string, all: string) => string;
  notDrawn: (count: string) => string;
  thinned: (shown: string, all: string) => string;
  notDrawable: string;

  // Comparison of a value with the period before.
  against: (period: string) => string;
  ofFirst: string;
  ofPrevious: string;

  total: string;
  /** Category of the smallest slices. */
  more: (count: string) => string;
  showSeries: (label: string) => string;
  hideSeries: (label: string) => string;
  chartKeys: string;

  // Tables.
  rows: (count: string) => string;
  sortBy: (label: string) => string;

  // Dashboards.
  dashboard: string;
  emptyDashboard: string;
  emptyTab: string;
  showData: string;
  showChart: string;
  tryAgain: string;
  silentSince: (time: string) => string;
  sandbox: string;
  sandboxHint: string;
  scopeHint: (attribute: string, values: string) => string;
  refusedOrigin: string;
  allowOriginUnder: string;
  failed: string;
  failedDetail: string;
  tabs: string;
  actions: string;
  exportCsv: string;
  exportXlsx: string;
  exportPng: string;
  showRows: string;
  close: string;
  rowsOf: (name: string) => string;
  firstRows: (count: string) => string;

  // Filters.
  filters: string;
  all: string;
  from: string;
  to: string;
  search: string;
  apply: string;
  clear: string;
  clearAll: string;
  remove: (label: string) => string;
  searchValues: string;
  moreValues: string;
  noMatch: string;
  selected: (count: string) => string;
  presets: Record<DatePreset, string>;
  contains: (text: string) => string;
  between: (from: string, to: string) => string;
  atLeast: (from: string) => string;
  atMost: (to: string) => string;
}

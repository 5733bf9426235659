import './tc-dashboard.js';

export type {
  Column,
  DashboardFilter,
  DatePreset,
  Filters,
  FilterValue,
  RowPlace,
  Selection,
  ThemeTokens,
} from '@aracari/api';
export { AracariChart } from './aracari-chart.js';
export { AracariDashboard } from './aracari-dashboard.js';
export type { ChartNote } from './aracari-dashboard-tile.js';
export type * from './embed-events.js';
export type { AuthTokenProvider } from './token-source.js';

export { AracariDashboard, type ErrorDetail, type ReadyDetail } from './aracari-dashboard.js';
export type { ChartNote } from './aracari-dashboard-tile.js';

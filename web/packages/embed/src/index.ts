export { AracariDashboard, type ErrorDetail, type ReadyDetail } from './aracari-dashboard.js';

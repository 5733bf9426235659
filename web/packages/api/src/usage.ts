import { ownServer, sendForJson } from './request.js';

/** Views of production's end users; the sandbox is left out. Days are UTC's, `name` is null for what is gone. */
export interface Usage {
  /** The first of the days that are told. */
  since: string;
  /** Days without views are left out. */
  days: { day: string; views: number; endUsers: number }[];
  dashboards: { id: string; name: string | null; views: number; endUsers: number }[];
  endUsers: { distinctId: string; views: number; dashboards: number; lastDay: string }[];
  /** Those that took longest on average first. */
  charts: {
    id: string;
    name: string | null;
    runs: number;
    failures: number;
    averageMilliseconds: number;
    slowestMilliseconds: number;
  }[];
}

const path = '/api/v1/usage';

/** Of the last `days` days, today among them. */
export function getUsage(days: number, signal?: AbortSignal): Promise<Usage> {
  return sendForJson(ownServer, { method: 'GET', path: `${path}?days=${days}`, signal });
}

/** Where the browser downloads the views by day, dashboard and end user. */
export function usageExportAddress(days: number): string {
  return `${path}/export?days=${days}`;
}

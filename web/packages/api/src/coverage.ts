import { ownServer, send, sendForJson } from './request.js';
import type { TableAccess } from './rules.js';

/** One table of a dashboard, and what its viewers can see of it. */
export interface CoveredTable {
  table: string;
  label: string;
  database: string;
  access: TableAccess;
  /** Their names. */
  rules: string[];
  /** Nobody has said yet what viewers may see: the dashboard can not be published. */
  undecided: boolean;
  charts: { id: string; name: string }[];
  columns: { visible: number; hidden: string[]; masked: string[] };
}

export interface Coverage {
  publishable: boolean;
  published: boolean;
  tables: CoveredTable[];
}

export function getCoverage(dashboard: string, signal?: AbortSignal): Promise<Coverage> {
  return sendForJson(ownServer, { method: 'GET', path: pathOf(dashboard, 'coverage'), signal });
}

/** Embed tokens see the dashboard from now on. Throws `not_covered`, naming the tables, while one is undecided. */
export async function publishDashboard(dashboard: string): Promise<void> {
  await send(ownServer, { method: 'POST', path: pathOf(dashboard, 'publish'), body: {} });
}

export async function unpublishDashboard(dashboard: string): Promise<void> {
  await send(ownServer, { method: 'POST', path: pathOf(dashboard, 'unpublish'), body: {} });
}

function pathOf(dashboard: string, what: 'coverage' | 'publish' | 'unpublish'): string {
  return `/api/v1/dashboards/${encodeURIComponent(dashboard)}/${what}`;
}

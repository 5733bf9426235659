import { ownServer, send, sendForJson } from './request.js';
import type { TableAccess } from './rules.js';

/** One table of a dashboard, and what the holders of tokens can see of it. */
export interface CoveredTable {
  id: string;
  label: string;
  access: TableAccess;
  /** Their names. */
  rules: string[];
  /** Nobody has said yet what viewers may see: the dashboard cannot be published. */
  undecided: boolean;
  reason?: string;
  seen: 'all rows' | 'rows by rules' | 'none';
  /** How many. */
  columns: { visible: number; masked: number; hidden: number };
}

export interface Coverage {
  decided: boolean;
  tables: CoveredTable[];
}

export function getCoverage(dashboard: string, signal?: AbortSignal): Promise<Coverage> {
  return sendForJson(ownServer, { method: 'GET', path: pathOf(dashboard, 'coverage'), signal });
}

/** Embed tokens see the dashboard from now on. Throws `coverage_undecided`, naming the tables, while one is undecided. */
export async function publishDashboard(dashboard: string): Promise<void> {
  await send(ownServer, { method: 'POST', path: pathOf(dashboard, 'publish'), body: {} });
}

/** For embed tokens it does not exist from now on. */
export async function unpublishDashboard(dashboard: string): Promise<void> {
  await send(ownServer, { method: 'POST', path: pathOf(dashboard, 'unpublish'), body: {} });
}

function pathOf(dashboard: string, what: 'coverage' | 'publish' | 'unpublish'): string {
  return `/api/v1/dashboards/${encodeURIComponent(dashboard)}/${what}`;
}

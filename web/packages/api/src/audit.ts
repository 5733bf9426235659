import type { Environment } from './dashboards.js';
import { ownServer, sendForJson } from './request.js';

export type AuditAction =
  | 'organization.created'
  | 'user.created'
  | 'session.signed_in'
  | 'session.sign_in_failed'
  | 'session.signed_out'
  | 'password.changed'
  | 'api_key.created'
  | 'api_key.rolled'
  | 'api_key.revoked'
  | 'signing_key.rotated'
  | 'signing_key.emergency_rotated'
  | 'token.minted'
  | 'token.introspected'
  | 'revocation.created'
  | 'authorized_origin.added'
  | 'authorized_origin.removed'
  | 'token_attribute.added'
  | 'token_attribute.removed'
  | 'database.added'
  | 'database.changed'
  | 'database.refreshed'
  | 'database.purged'
  | 'database.removed'
  | 'table.added'
  | 'table.changed'
  | 'table.restored'
  | 'table.removed'
  | 'dashboard.published'
  | 'upload.added'
  | 'upload.imported'
  | 'upload.removed'
  | 'dashboard.unpublished'
  | 'dashboard.created'
  | 'dashboard.changed'
  | 'dashboard.discarded'
  | 'dashboard.restored'
  | 'dashboard.removed'
  | 'chart.created'
  | 'chart.changed'
  | 'chart.removed'
  | 'organization.theme_changed'
  | 'chart.exported';

export interface AuditActor {
  kind: 'user' | 'api_key' | 'command_line' | 'server' | 'nobody' | 'end_user';
  id: string | null;
  name: string;
}

export interface AuditEvent {
  id: string;
  at: string;
  action: AuditAction;
  actor: AuditActor;
  subject: { kind: string; id: string | null; name: string | null } | null;
  environment: Environment | null;
  remoteAddress: string | null;
  /** How many times it happened, where many alike are one event. */
  count: number;
  detail: string | null;
}

/** `action` is an action or the beginning of some (`api_key.`); `from` and `to` are times. */
export interface AuditFilters {
  action?: string;
  actor?: string;
  subject?: string;
  environment?: Environment;
  from?: string;
  to?: string;
}

export interface AuditPage {
  events: AuditEvent[];
  /** Asks for the page after this one; null on the last. */
  next: string | null;
}

const path = '/api/v1/audit';

/** Newest first. `before` is the `next` of the page before. */
export function listAuditEvents(
  filters: AuditFilters,
  before?: string,
  signal?: AbortSignal,
): Promise<AuditPage> {
  const query = new URLSearchParams({ ...filters, ...(before ? { before } : {}) });
  return sendForJson(ownServer, { method: 'GET', path: `${path}?${query}`, signal });
}

/** Where the browser downloads all events that pass the filters, oldest first. */
export function auditExportAddress(format: 'csv' | 'ndjson', filters: AuditFilters): string {
  return `${path}/export?${new URLSearchParams({ format, ...filters })}`;
}

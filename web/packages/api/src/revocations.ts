import type { Environment } from './dashboards.js';
import { ownServer, sendForJson } from './request.js';

export type RevocationKind = 'token' | 'end_user' | 'dashboard' | 'chart' | 'environment';

/**
 * Tokens of `environment` that were issued up to `revokedAt` no longer work, or no longer reach the dashboard or chart.
 * Tokens that are minted later do. The entry goes at `until`, when the last such token would have expired anyway.
 */
export interface Revocation {
  id: string;
  kind: RevocationKind;
  /** `jti`, `distinctId` or id; null for a whole environment. */
  subject: string | null;
  subjectName: string | null;
  environment: Environment;
  revokedAt: string;
  until: string;
  by: string;
  reason: string | null;
}

export type NewRevocation = { reason?: string } & (
  | { kind: 'token'; token: string }
  | { kind: Exclude<RevocationKind, 'environment'>; subject: string; environment: Environment }
  | { kind: 'environment'; environment: Environment }
);

const path = '/api/v1/revocations';

/** The newest 200, and how many there are. */
export function listRevocations(): Promise<{ revocations: Revocation[]; total: number }> {
  return sendForJson(ownServer, { method: 'GET', path });
}

export async function revoke(body: NewRevocation): Promise<Revocation> {
  const call = { method: 'POST', path, body } as const;
  return (await sendForJson<{ revocation: Revocation }>(ownServer, call)).revocation;
}

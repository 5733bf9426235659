import type { Environment } from './dashboards.js';
import { ownServer, sendForJson } from './request.js';

export type ApiKeyScope = 'mint' | 'introspect';

/** A key as the server remembers it: the secret itself is not kept. */
export interface ApiKey {
  id: string;
  name: string;
  environment: Environment;
  scopes: ApiKeyScope[];
  prefix: string;
  lastFour: string;
  createdAt: string;
  lastUsedAt: string | null;
  expiresAt: string | null;
  revokedAt: string | null;
}

export interface NewApiKey {
  name: string;
  environment: Environment;
  scopes?: ApiKeyScope[];
  expiresAt?: string;
}

const path = '/api/v1/api-keys';

export async function listApiKeys(): Promise<ApiKey[]> {
  return (await sendForJson<{ apiKeys: ApiKey[] }>(ownServer, { method: 'GET', path })).apiKeys;
}

/** `secret` is in this answer only; it cannot be had again. */
export function createApiKey(body: NewApiKey): Promise<{ apiKey: ApiKey; secret: string }> {
  return sendForJson(ownServer, { method: 'POST', path, body });
}

export async function revokeApiKey(id: string): Promise<ApiKey> {
  const call = {
    method: 'POST',
    path: `${path}/${encodeURIComponent(id)}/revoke`,
    body: {},
  } as const;
  return (await sendForJson<{ apiKey: ApiKey }>(ownServer, call)).apiKey;
}

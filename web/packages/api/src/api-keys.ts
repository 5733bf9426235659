import type { Environment } from './dashboards.js';
import type { AttributeValue, Permission, PermissionKind, Resources } from './embed-tokens.js';
import { ownServer, sendForJson } from './request.js';
import type { TokenRole } from './session.js';

export type ApiKeyScope = 'mint' | 'introspect' | 'revoke' | 'manage';
export type ApiKeyStatus = 'active' | 'expired' | 'revoked' | 'parent_ended';
export type TokenForm = 'signed' | 'encrypted';

/** What the tokens of a key may do at most. */
export interface ApiKeyLimits {
  permissions: Partial<Record<PermissionKind, Permission[]>>;
  /** A kind that is left out: all of that kind. */
  resources: Resources;
  /** Empty: every authorized origin. */
  origins: string[];
  roles: TokenRole[];
  /** Null: the server's maximum. */
  lifetimeMaxSeconds: number | null;
  /** Every token of the key carries exactly these values. */
  attributes: Record<string, AttributeValue>;
}

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
  parentId: string | null;
  /** The key that replaced this one. */
  rolledTo: string | null;
  status: ApiKeyStatus;
  tokenForm: TokenForm;
  requestsPerMinute: number;
  limits: ApiKeyLimits;
}

/** What is left out is as the server has it: minting and introspection, signed tokens, view dashboards and charts. */
export interface NewApiKey {
  name: string;
  environment: Environment;
  scopes?: ApiKeyScope[];
  expiresAt?: string;
  tokenForm?: TokenForm;
  requestsPerMinute?: number;
  limits?: ApiKeyLimits;
}

/** `secret` is in this answer only; it cannot be had again. */
export interface CreatedApiKey {
  apiKey: ApiKey;
  secret: string;
}

const path = '/api/v1/api-keys';

/** Newest first, child keys included. */
export async function listApiKeys(): Promise<ApiKey[]> {
  return (await sendForJson<{ apiKeys: ApiKey[] }>(ownServer, { method: 'GET', path })).apiKeys;
}

export function createApiKey(body: NewApiKey): Promise<CreatedApiKey> {
  return sendForJson(ownServer, { method: 'POST', path, body });
}

export interface RolledApiKey extends CreatedApiKey {
  /** The old key. */
  rolled: ApiKey;
  /** How many child keys go on under the new key. */
  childrenMoved: number;
}

/** Replaces a key by a new one with its name, scopes, limits and children. The old one ends after the overlap. */
export function rollApiKey(id: string, overlapSeconds: number): Promise<RolledApiKey> {
  const call = { method: 'POST', path: `${pathOf(id)}/roll`, body: { overlapSeconds } } as const;
  return sendForJson(ownServer, call);
}

/** Also ends the key's children, and all their tokens. */
export async function revokeApiKey(id: string): Promise<ApiKey> {
  const call = { method: 'POST', path: `${pathOf(id)}/revoke`, body: {} } as const;
  return (await sendForJson<{ apiKey: ApiKey }>(ownServer, call)).apiKey;
}

function pathOf(id: string): string {
  return `${path}/${encodeURIComponent(id)}`;
}

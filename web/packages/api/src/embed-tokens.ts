import type { ApiKeyStatus, TokenForm } from './api-keys.js';
import type { Environment, Scalar } from './dashboards.js';
import { type Connection, ownServer, sendForJson } from './request.js';
import type { Revocation } from './revocations.js';
import type { Role, TokenRole } from './session.js';
import type { SigningKeyStatus } from './signing-keys.js';

export type AttributeValue = Scalar | Scalar[];
export type Permission = 'can_view' | 'can_edit' | 'can_query' | 'can_export';
export type PermissionKind = 'dashboard' | 'chart' | 'database' | 'ai';

export interface Resources {
  dashboards?: string[];
  charts?: string[];
}

/** Body of `POST /embed/generate-token`. Only `user.distinctId` is required. */
export interface TokenRequest {
  user: {
    distinctId: string;
    role?: TokenRole;
    attributes?: Record<string, AttributeValue>;
  };
  permissions?: Partial<Record<PermissionKind, Permission | Permission[]>>;
  resources?: Resources;
  origins?: string[];
  expiresIn?: string;
}

export interface GeneratedToken {
  token: string;
  expiresIn: string;
  expiresAt: string;
  environment: Environment;
}

export interface Claims {
  iss: string;
  aud: string;
  sub: string;
  org: string;
  env: Environment;
  akid: string;
  jti: string;
  iat: number;
  nbf: number;
  exp: number;
  role: Role;
  attributes: Record<string, AttributeValue>;
  permissions: Record<string, Permission[]>;
  resources?: Resources;
  origins?: string[];
}

/** The API key that minted a token. */
export interface MintingKey {
  id: string;
  name: string;
  lastFour: string;
  environment: Environment;
  status: ApiKeyStatus;
  revokedAt: string | null;
  expiresAt: string | null;
  parentName: string | null;
}

/** What a token can show, and where. */
export interface Reach {
  dashboards: { id: string; name: string }[];
  charts: { id: string; name: string }[];
  origins: string[];
}

/** Everything but the verdict is null or empty for a token that is not this organization's or whose signature is wrong. */
export interface Introspection {
  active: boolean;
  verdict: string;
  code: string | null;
  /** Every reason why it does not work; the first is that of `code`. Empty when it is active. */
  reasons: { code: string; what: string }[];
  form: TokenForm | null;
  claims: Claims | null;
  apiKey: MintingKey | null;
  signingKey: { id: string; status: SigningKeyStatus } | null;
  /** Those that concern this token. */
  revocations: Revocation[];
  reaches: Reach | null;
  issuedAt: string | null;
  expiresAt: string | null;
  secondsLeft: number | null;
}

/** Mints an embed token as the customer's backend would. The key travels in `x-api-key` and is not kept. */
export function generateToken(apiKey: string, body: TokenRequest): Promise<GeneratedToken> {
  const asBackend: Connection = { serverUrl: '', credential: { kind: 'apiKey', key: apiKey } };
  return sendForJson(asBackend, { method: 'POST', path: '/embed/generate-token', body });
}

/** Says what a token is and, when it does not work, exactly why. For a signed-in admin or maker. */
export function introspectToken(token: string): Promise<Introspection> {
  return sendForJson(ownServer, {
    method: 'POST',
    path: '/api/v1/tokens/introspect',
    body: { token },
  });
}

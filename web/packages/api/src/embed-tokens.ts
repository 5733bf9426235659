import type { Environment, Scalar } from './dashboards.js';
import { type Connection, ownServer, sendForJson } from './request.js';
import type { Role } from './session.js';

export type AttributeValue = Scalar | Scalar[];
export type Permission = 'can_view' | 'can_edit' | 'can_query';

export interface Resources {
  dashboards?: string[];
  charts?: string[];
}

/** Body of `POST /embed/generate-token`. Only `user.distinctId` is required. */
export interface TokenRequest {
  user: {
    distinctId: string;
    role?: Exclude<Role, 'admin'>;
    attributes?: Record<string, AttributeValue>;
  };
  permissions?: Partial<
    Record<'dashboard' | 'chart' | 'database' | 'ai', Permission | Permission[]>
  >;
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

/** `claims` is null for a token that is not this organization's or whose signature is wrong. */
export interface Introspection {
  active: boolean;
  verdict: string;
  code: string | null;
  claims: Claims | null;
  apiKey: {
    id: string;
    name: string;
    lastFour: string;
    environment: Environment;
    revokedAt: string | null;
  } | null;
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

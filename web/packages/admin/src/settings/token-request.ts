import type { AttributeValue, Permission, TokenRequest } from '@aracari/api';

export type PermissionKind = 'dashboard' | 'chart' | 'database' | 'ai';

/** What the sandbox form asks for. */
export interface TokenWishes {
  distinctId: string;
  role: 'explorer' | 'maker';
  attributes: Record<string, AttributeValue>;
  permissions: Record<PermissionKind, Permission | 'none'>;
  dashboards: string[];
  lifetime: string;
}

/** What a token may do when its request names no permissions. */
export const usualPermissions: Record<PermissionKind, Permission | 'none'> = {
  dashboard: 'can_view',
  chart: 'can_view',
  database: 'none',
  ai: 'none',
};

/** The body of `POST /embed/generate-token`. What the server assumes anyway is left out, so that examples stay short. */
export function buildTokenRequest(wishes: TokenWishes): TokenRequest {
  const user: TokenRequest['user'] = { distinctId: wishes.distinctId, role: wishes.role };
  if (Object.keys(wishes.attributes).length > 0) user.attributes = wishes.attributes;
  const request: TokenRequest = { user };
  if (!isUsual(wishes.permissions)) request.permissions = listPermissions(wishes.permissions);
  if (wishes.dashboards.length > 0) request.resources = { dashboards: wishes.dashboards };
  request.expiresIn = wishes.lifetime;
  return request;
}

function isUsual(permissions: TokenWishes['permissions']): boolean {
  return kinds.every((kind) => permissions[kind] === usualPermissions[kind]);
}

function listPermissions(permissions: TokenWishes['permissions']): TokenRequest['permissions'] {
  const given: TokenRequest['permissions'] = {};
  for (const kind of kinds) {
    const permission = permissions[kind];
    if (permission !== 'none') given[kind] = [permission];
  }
  return given;
}

const kinds: PermissionKind[] = ['dashboard', 'chart', 'database', 'ai'];

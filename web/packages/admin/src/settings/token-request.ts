import type {
  AttributeValue,
  Permission,
  PermissionKind,
  TokenRequest,
  TokenRole,
} from '@aracari/api';

/** One choice of permissions for each kind of thing: words with `+` between them, or none. */
export type PermissionWishes = Record<PermissionKind, string>;

/** What the sandbox form asks for. */
export interface TokenWishes {
  distinctId: string;
  role: TokenRole;
  attributes: Record<string, AttributeValue>;
  permissions: PermissionWishes;
  dashboards: string[];
  lifetime: string;
}

/** What a token may do when its request names no permissions. */
export const usualPermissions: PermissionWishes = {
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

function isUsual(permissions: PermissionWishes): boolean {
  return kinds.every((kind) => permissions[kind] === usualPermissions[kind]);
}

export function listPermissions(
  permissions: PermissionWishes,
): Partial<Record<PermissionKind, Permission[]>> {
  const given: Partial<Record<PermissionKind, Permission[]>> = {};
  for (const kind of kinds) {
    const words = permissions[kind];
    if (words !== 'none') given[kind] = words.split('+') as Permission[];
  }
  return given;
}

const kinds: PermissionKind[] = ['dashboard', 'chart', 'database', 'ai'];

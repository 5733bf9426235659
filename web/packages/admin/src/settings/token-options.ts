import type { Permission } from '@aracari/api';
import type { PermissionKind } from './token-request.js';

/** The lifetimes that the sandbox offers. */
export const lifetimes: [string, string][] = [
  ['5m', '5 minutes'],
  ['15m', '15 minutes'],
  ['30m', '30 minutes'],
  ['1h', '1 hour'],
  ['4h', '4 hours'],
  ['12h', '12 hours'],
  ['24h', '24 hours'],
];
/** What a token may be allowed, for each kind of thing. */
export const permissionKinds: [PermissionKind, string, Permission[]][] = [
  ['dashboard', 'Dashboard', ['can_view', 'can_edit']],
  ['chart', 'Chart', ['can_view', 'can_edit']],
  ['database', 'Database', ['can_view', 'can_edit']],
  ['ai', 'AI', ['can_query']],
];

import type { PermissionKind } from '@aracari/api';

/** The lifetimes that are offered. */
export const lifetimes: { word: string; seconds: number; text: string }[] = [
  { word: '5m', seconds: 300, text: '5 minutes' },
  { word: '15m', seconds: 900, text: '15 minutes' },
  { word: '30m', seconds: 1_800, text: '30 minutes' },
  { word: '1h', seconds: 3_600, text: '1 hour' },
  { word: '4h', seconds: 14_400, text: '4 hours' },
  { word: '12h', seconds: 43_200, text: '12 hours' },
  { word: '24h', seconds: 86_400, text: '24 hours' },
];
/** What a token may be allowed, for each kind of thing; several words at once have `+` between them. */
export const permissionKinds: [PermissionKind, string, string[]][] = [
  ['dashboard', 'Dashboard', ['can_view', 'can_edit']],
  ['chart', 'Chart', ['can_view', 'can_view+can_export', 'can_edit', 'can_edit+can_export']],
  ['database', 'Database', ['can_view', 'can_edit']],
  ['ai', 'AI', ['can_query']],
];

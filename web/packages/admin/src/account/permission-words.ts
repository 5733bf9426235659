import type { ApiKeyLimits, Permission, PermissionKind } from '@aracari/api';

const kinds: Record<PermissionKind, string> = {
  dashboard: 'dashboards',
  chart: 'charts',
  database: 'databases',
  ai: 'the assistant',
};
const verbs: Record<Permission, string> = {
  can_view: 'view',
  can_edit: 'edit',
  can_query: 'ask',
  can_export: 'export',
};

/** “View dashboards, edit and export charts”. To edit includes to view. */
export function describePermissions(permissions: ApiKeyLimits['permissions']): string {
  const words = (Object.keys(kinds) as PermissionKind[]).flatMap((kind) => {
    const given = permissions[kind] ?? [];
    const told = given.filter((each) => each !== 'can_view' || !given.includes('can_edit'));
    return told.length > 0
      ? [`${told.map((each) => verbs[each]).join(' and ')} ${kinds[kind]}`]
      : [];
  });
  const sentence = words.join(', ');
  return sentence ? sentence.charAt(0).toUpperCase() + sentence.slice(1) : 'None';
}

import type { AuditAction, AuditActor, AuditEvent } from '@aracari/api';

/** Groups of actions, by how their names begin. */
export const actionGroups: [prefix: string, text: string][] = [
  ['api_key.', 'API keys'],
  ['token.', 'Tokens'],
  ['revocation.', 'Revocations'],
  ['signing_key.', 'Signing keys'],
  ['authorized_origin.', 'Authorized origins'],
  ['token_attribute.', 'Token attributes'],
  ['database.', 'Databases'],
  ['table.', 'Tables and access rules'],
  ['dashboard.', 'Dashboards'],
  ['chart.', 'Charts'],
  ['session.', 'Signing in and out'],
  ['password.', 'Passwords'],
  ['user.', 'Users'],
  ['organization.', 'Organization'],
];

const verbs: Record<AuditAction, string> = {
  'organization.created': 'Created the organization',
  'organization.theme_changed': 'Changed the theme of all dashboards',
  'user.created': 'Created the user',
  'session.signed_in': 'Signed in',
  'session.sign_in_failed': 'Failed to sign in',
  'session.signed_out': 'Signed out',
  'password.changed': 'Changed the password',
  'api_key.created': 'Created API key',
  'api_key.rolled': 'Rolled API key',
  'api_key.revoked': 'Revoked API key',
  'signing_key.rotated': 'Rotated the signing key',
  'signing_key.emergency_rotated': 'Rotated the signing key and ended all tokens',
  'token.minted': 'Minted a token',
  'token.introspected': 'Introspected a token',
  'revocation.created': 'Revoked',
  'authorized_origin.added': 'Added authorized origin',
  'authorized_origin.removed': 'Removed authorized origin',
  'token_attribute.added': 'Added token attribute',
  'token_attribute.removed': 'Removed token attribute',
  'database.added': 'Added database',
  'database.changed': 'Changed database',
  'database.refreshed': 'Refreshed the schema of database',
  'database.purged': 'Purged the cache of database',
  'database.removed': 'Deleted database',
  'table.added': 'Added table',
  'table.changed': 'Changed table',
  'table.restored': 'Restored a version of table',
  'table.removed': 'Deleted table',
  'dashboard.published': 'Published dashboard',
  'upload.added': 'Started upload',
  'upload.imported': 'Imported upload',
  'upload.removed': 'Removed upload',
  'dashboard.unpublished': 'Unpublished dashboard',
  'dashboard.created': 'Created dashboard',
  'dashboard.changed': 'Changed the draft of dashboard',
  'dashboard.discarded': 'Discarded the draft of dashboard',
  'dashboard.restored': 'Restored a version of dashboard',
  'dashboard.removed': 'Deleted dashboard',
  'chart.created': 'Created chart',
  'chart.changed': 'Changed chart',
  'chart.removed': 'Deleted chart',
  'chart.exported': 'Exported chart',
};

const actorKinds: Record<AuditActor['kind'], string> = {
  user: 'Somebody',
  api_key: 'An API key',
  command_line: 'Command line',
  server: 'The server',
  nobody: 'Not signed in',
  end_user: 'An end user',
};

/** Who a name of the server's own stands for is said by its kind. */
export function nameActor({ kind, name }: AuditActor): string {
  const named = kind === 'user' || kind === 'api_key' || kind === 'end_user';
  return (named && name) || actorKinds[kind];
}

/** “Rolled API key “Backend””, “Minted a token for “user-123”, 12 times”. */
export function describeEvent({ action, subject, actor, count }: AuditEvent): string {
  // An action of a newer server is better shown by its name than not at all.
  const verb = verbs[action] ?? action;
  const times = count > 1 ? `, ${count} times` : '';
  if (!subject || (subject.id !== null && subject.id === actor.id)) return verb + times;
  const { kind, id, name } = subject;
  const called = name ?? id;
  const what = called
    ? ` ${joint(action, kind)}“${called}”`
    : kind === 'environment'
      ? ' all tokens'
      : '';
  return verb + what + times;
}

/** What stands between the verb and the name. */
function joint(action: AuditAction, kind: string): string {
  if (action === 'revocation.created') return revokedKinds[kind] ?? '';
  if (action === 'session.sign_in_failed') return 'as ';
  if (kind === 'api_key' && action.startsWith('token.')) return 'with API key ';
  if (kind === 'token') return '';
  return action.startsWith('token.') || action === 'password.changed' ? 'for ' : '';
}

const revokedKinds: Record<string, string> = {
  token: 'token ',
  end_user: 'end user ',
  dashboard: 'dashboard ',
  chart: 'chart ',
};

import type { ApiKeyScope, ApiKeyStatus, Environment, TokenForm } from '@aracari/api';

export const scopes: { scope: ApiKeyScope; explanation: string; usual: boolean }[] = [
  { scope: 'mint', explanation: 'Generate embed tokens for your end users.', usual: true },
  { scope: 'introspect', explanation: 'Ask whether a token is active.', usual: true },
  { scope: 'revoke', explanation: 'End tokens before they expire.', usual: false },
  {
    scope: 'manage',
    explanation: 'Create, roll and revoke child keys that can do no more than this key.',
    usual: false,
  },
];

export const expiries: [days: string, text: string][] = [
  ['never', 'No expiry'],
  ['30', 'In 30 days'],
  ['90', 'In 90 days'],
  ['365', 'In one year'],
  ['date', 'On a date…'],
];

export const tokenForms: Record<TokenForm, { name: string; explanation: string }> = {
  signed: { name: 'Signed', explanation: 'whoever has the token can read its attributes.' },
  encrypted: { name: 'Encrypted', explanation: 'its attributes cannot be read in the browser.' },
};

/** What the server gives a key for which nothing else is asked. */
export const usualRequestsPerMinute: Record<Environment, number> = {
  sandbox: 600,
  production: 6000,
};

export const overlaps: [seconds: number, text: string][] = [
  [0, 'None: the old key and its tokens end at once'],
  [3_600, '1 hour'],
  [86_400, '24 hours'],
  [604_800, '7 days'],
];

export const statusBadges: Record<
  ApiKeyStatus,
  { text: string; variant: 'success' | 'neutral' | 'danger' }
> = {
  active: { text: 'Active', variant: 'success' },
  expired: { text: 'Expired', variant: 'neutral' },
  revoked: { text: 'Revoked', variant: 'danger' },
  parent_ended: { text: 'Parent ended', variant: 'neutral' },
};

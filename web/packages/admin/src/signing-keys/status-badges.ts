import type { SigningKeyStatus } from '@aracari/api';

export const statusBadges: Record<
  SigningKeyStatus,
  { text: string; variant: 'success' | 'warning' | 'neutral' | 'danger' }
> = {
  next: { text: 'Next', variant: 'neutral' },
  active: { text: 'Active', variant: 'success' },
  retiring: { text: 'Retiring', variant: 'warning' },
  retired: { text: 'Retired', variant: 'neutral' },
  revoked: { text: 'Revoked', variant: 'danger' },
};

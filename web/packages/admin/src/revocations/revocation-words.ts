import type { RevocationKind } from '@aracari/api';

export const kindNames: Record<RevocationKind, string> = {
  token: 'Token',
  end_user: 'End user',
  dashboard: 'Dashboard',
  chart: 'Chart',
  environment: 'Whole environment',
};

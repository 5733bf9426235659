import type { DashboardSummary, Environment, NewRevocation } from '@aracari/api';
import { fieldText } from '../field-text.js';
import { refuseLocally } from '../submission.js';

/** The kinds that are revoked by hand; a token is revoked where it is introspected. */
export type HandKind = 'end_user' | 'dashboard' | 'environment';

/** A revocation that waits for its confirmation. */
export interface RevocationWish {
  body: NewRevocation & { environment: Environment };
  /** What is revoked, as people name it. */
  name: string;
}

export function readRevocation(
  form: HTMLFormElement,
  kind: HandKind,
  dashboards: DashboardSummary[],
): RevocationWish {
  const environment = fieldText(form, 'environment') as Environment;
  const reason = fieldText(form, 'reason').trim();
  const rest = { environment, ...(reason ? { reason } : {}) };
  if (kind === 'environment') return { body: { kind, ...rest }, name: environment };
  const subject = fieldText(form, 'subject').trim();
  if (!subject) throw refuseLocally('subject', missing[kind]);
  const dashboard = dashboards.find(({ id }) => kind === 'dashboard' && id === subject);
  return { body: { kind, subject, ...rest }, name: dashboard?.name ?? subject };
}

const missing = {
  end_user: 'Enter the distinctId of the end user.',
  dashboard: 'Choose a dashboard.',
};

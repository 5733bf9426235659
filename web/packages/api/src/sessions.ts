import { ownServer, send, sendForJson } from './request.js';

/** One browser in which the signed-in person is signed in. */
export interface SignedInSession {
  id: string;
  createdAt: string;
  lastSeenAt: string;
  expiresAt: string;
  userAgent: string;
  remoteAddress: string;
  /** The one that asks. */
  current: boolean;
}

const path = '/api/v1/sessions';

/** Newest first. */
export async function listSessions(): Promise<SignedInSession[]> {
  const call = { method: 'GET', path } as const;
  return (await sendForJson<{ sessions: SignedInSession[] }>(ownServer, call)).sessions;
}

export async function endSession(id: string): Promise<void> {
  await send(ownServer, { method: 'DELETE', path: `${path}/${encodeURIComponent(id)}` });
}

export async function signOutOthers(): Promise<void> {
  await send(ownServer, { method: 'POST', path: `${path}/sign-out-others`, body: {} });
}

/** Ends the person's other sessions. Throws `wrong_credentials` with the field `currentPassword`. */
export async function changePassword(currentPassword: string, newPassword: string): Promise<void> {
  const body = { currentPassword, newPassword };
  await send(ownServer, { method: 'POST', path: '/api/v1/password', body });
}

import { ownServer, send, sendForJson } from './request.js';

export type Role = 'admin' | 'maker' | 'explorer';
/** The roles that an end user may have. */
export type TokenRole = Exclude<Role, 'admin'>;

export interface User {
  id: string;
  email: string;
  role: Role;
  initials: string;
}

export interface Organization {
  id: string;
  name: string;
}

export type Session =
  | { state: 'setup_required' | 'signed_out' }
  | { state: 'signed_in'; user: User; organization: Organization };

export interface Setup {
  setupSecret: string;
  organization: string;
  email: string;
  password: string;
}

const sessionPath = '/api/v1/session';

export function getSession(): Promise<Session> {
  return sendForJson(ownServer, { method: 'GET', path: sessionPath });
}

/** First start only: makes the organization and its admin, and signs the admin in. */
export function setUp(body: Setup): Promise<Session> {
  return sendForJson(ownServer, { method: 'POST', path: '/api/v1/setup', body });
}

/** Throws `wrong_credentials`, or `too_many_requests` after too many attempts. */
export function signIn(email: string, password: string): Promise<Session> {
  return sendForJson(ownServer, { method: 'POST', path: sessionPath, body: { email, password } });
}

export async function signOut(): Promise<void> {
  await send(ownServer, { method: 'DELETE', path: sessionPath });
}

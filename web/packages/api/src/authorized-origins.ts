import type { Environment } from './dashboards.js';
import { ownServer, send, sendForJson } from './request.js';

/** A web origin on which embeds of one environment may render. */
export interface AuthorizedOrigin {
  id: string;
  origin: string;
  environment: Environment;
  createdAt: string;
}

/** Whether embeds of an environment may render on an origin, by which entry, and why or why not. */
export interface OriginVerdict {
  allowed: boolean;
  entry: { id: string; origin: string } | null;
  reason: string;
}

/** `origin` is null for a text that has none. */
export interface OriginCheck extends Record<Environment, OriginVerdict> {
  origin: string | null;
}

const path = '/api/v1/authorized-origins';

export async function listAuthorizedOrigins(): Promise<AuthorizedOrigin[]> {
  const answer = await sendForJson<{ authorizedOrigins: AuthorizedOrigin[] }>(ownServer, {
    method: 'GET',
    path,
  });
  return answer.authorizedOrigins;
}

/** `origin` may have a wildcard for one label: `https://*.example.com`. */
export async function addAuthorizedOrigin(
  origin: string,
  environment: Environment,
): Promise<AuthorizedOrigin> {
  const call = { method: 'POST', path, body: { origin, environment } } as const;
  return (await sendForJson<{ authorizedOrigin: AuthorizedOrigin }>(ownServer, call))
    .authorizedOrigin;
}

export async function removeAuthorizedOrigin(id: string): Promise<void> {
  await send(ownServer, { method: 'DELETE', path: `${path}/${encodeURIComponent(id)}` });
}

/** Says whether a page of this address could show embeds. */
export function checkOrigin(url: string): Promise<OriginCheck> {
  return sendForJson(ownServer, { method: 'POST', path: `${path}/check`, body: { url } });
}

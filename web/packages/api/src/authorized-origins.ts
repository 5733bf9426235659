import type { Environment } from './dashboards.js';
import { ownServer, send, sendForJson } from './request.js';

/** A web origin on which embeds of one environment may render. */
export interface AuthorizedOrigin {
  id: string;
  origin: string;
  environment: Environment;
  createdAt: string;
}

const path = '/api/v1/authorized-origins';

export async function listAuthorizedOrigins(): Promise<AuthorizedOrigin[]> {
  const answer = await sendForJson<{ authorizedOrigins: AuthorizedOrigin[] }>(ownServer, {
    method: 'GET',
    path,
  });
  return answer.authorizedOrigins;
}

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

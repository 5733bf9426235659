// The web app's side: signing in and the routes behind it.

import assert from 'node:assert/strict';
import { send } from './request.mjs';
import { keepSecret } from './secrets.mjs';

const sessionCookie = /^((?:__Host-)?aracari_session)=([^;]*)/;

/** The value of an answer's session cookie, or undefined. */
export function sessionOf(answer) {
  const [cookie = ''] = answer.headers['set-cookie'] ?? [];
  return cookie.match(sessionCookie)?.[2];
}

/**
 * A signed-in browser: `send` adds its cookie.
 * @param {{url: string}} server
 * @param {{email: string, password: string}} account
 */
export async function signIn(server, { email, password }) {
  keepSecret(password);
  const body = { email, password };
  const answer = await send(server, { method: 'POST', path: '/api/v1/session', body });
  assert.equal(answer.status, 200, answer.text);
  const [, name] = answer.headers['set-cookie'][0].match(sessionCookie);
  return signedIn(server, keepSecret(sessionOf(answer)), name);
}

/** Of a key that may give anything. */
export const noLimits = {
  permissions: {
    dashboard: ['can_edit'],
    chart: ['can_edit', 'can_export'],
    database: ['can_edit'],
    ai: ['can_query'],
  },
  roles: ['explorer', 'maker'],
};

/** A browser that holds this session already. */
export function signedIn(server, session, name = 'aracari_session') {
  const cookie = `${name}=${session}`;
  const sendSigned = (wanted) =>
    send(server, { ...wanted, headers: { cookie, ...(wanted.headers ?? {}) } });
  const post = async (path, body) => {
    const answer = await sendSigned({ method: 'POST', path, body });
    assert.ok(answer.status < 300, answer.text);
    return answer.json;
  };
  return {
    session,
    cookie,
    send: sendSigned,
    get: async (path) => (await sendSigned({ path })).json,
    post,
    remove: (path) => sendSigned({ method: 'DELETE', path }),
    addAttribute: async (name, type, more = {}) =>
      (await post('/api/v1/token-attributes', { name, type, ...more })).tokenAttribute,
    addOrigin: async (origin, environment) =>
      (await post('/api/v1/authorized-origins', { origin, environment })).authorizedOrigin,
    createKey: async (more) => {
      const { apiKey, secret } = await post('/api/v1/api-keys', {
        name: 'Test',
        limits: noLimits,
        requestsPerMinute: 1_000_000,
        ...more,
      });
      return { ...apiKey, secret: keepSecret(secret) };
    },
    revokeKey: (id) => post(`/api/v1/api-keys/${id}/revoke`, {}),
    explain: (token) => post('/api/v1/tokens/introspect', { token }),
  };
}

// A token that must not work: refused on every route, like any other bad token to machines, and
// explained to the organization's own people.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bearer } from './demo_server.mjs';
import { send } from './request.mjs';
import { check } from './scenario.mjs';

/** `POST /oauth2/introspect` by the sandbox key of a demo server. */
export function introspect(server, token) {
  return send(server, {
    method: 'POST',
    path: '/oauth2/introspect',
    headers: {
      'x-api-key': server.keys.sandbox,
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: new URLSearchParams({ token }).toString(),
  });
}

/**
 * Declares the test. `code` is what people are told; the claims are told only where `signed`: when
 * the signature is this server's.
 */
export function badToken(server, name, token, code, { signed = false, status = 401 } = {}) {
  test(`${name} → ${code}`, async () => {
    const refusal = { status, problem: { code }, notExpected: ['Departures'] };
    const data = `/api/v1/dashboards/${server.dashboard}`;
    const headers = bearer(token);
    check(await send(server, { path: '/api/v1/dashboards', headers }), refusal);
    check(await send(server, { path: data, headers }), refusal);
    check(await send(server, { method: 'POST', path: `${data}/data`, headers, body: {} }), refusal);
    const machine = await introspect(server, token);
    assert.equal(machine.status, 200);
    assert.equal(machine.text, '{"active":false}');
    const told = await server.app.explain(token);
    assert.equal(told.active, false);
    assert.equal(told.code, code);
    assert.ok(told.verdict.length > 10, told.verdict);
    assert.equal(told.claims === null, !signed);
  });
}

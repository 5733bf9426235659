// POST /embed/generate-token: what it mints, and each body that it refuses by the field's name.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { demoServer } from './support/demo_server.mjs';
import { parts } from './support/jwt.mjs';
import { check, scenario } from './support/scenario.mjs';
import { send } from './support/request.mjs';
import { keepSecret, logHoldsNoSecret } from './support/secrets.mjs';

const server = await demoServer();
after(() => server.end());

const person = { distinctId: 'user-123' };

const request = (body, key = server.keys.sandbox) => ({
  method: 'POST',
  path: '/embed/generate-token',
  headers: { 'x-api-key': key },
  body,
});

/** Sends `body`, asserts success and gives {answer, header, claims}. */
async function minted(body, key) {
  const answer = await send(server, request(body, key));
  assert.equal(answer.status, 200, answer.text);
  return { answer: answer.json, ...parts(keepSecret(answer.json.token)) };
}

test('the documented body gives a token with all its claims', async () => {
  const began = Math.floor(Date.now() / 1000);
  const { answer, header, claims } = await minted({
    user: { ...person, role: 'explorer', attributes: { state: 'TX' } },
    permissions: { dashboard: ['can_view'], chart: ['can_view'] },
    resources: { dashboards: [server.dashboard], charts: [] },
    origins: ['https://App.Example.com:443'],
    expiresIn: '30m',
  });
  assert.deepEqual(Object.keys(answer).sort(), ['environment', 'expiresAt', 'expiresIn', 'token']);
  assert.equal(answer.expiresIn, '30m');
  assert.equal(answer.environment, 'sandbox');
  assert.equal(Date.parse(answer.expiresAt) / 1000, claims.exp);
  assert.match(answer.expiresAt, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  assert.deepEqual(Object.keys(header).sort(), ['alg', 'kid', 'typ']);
  assert.equal(header.alg, 'EdDSA');
  assert.equal(header.typ, 'aracari-embed+jwt');
  const { iss, aud, org, akid, jti, iat, nbf, exp, ...rest } = claims;
  for (const name of [iss, aud, org, akid, jti]) assert.ok(typeof name === 'string' && name);
  assert.ok(iat >= began && iat <= began + 5 && nbf === iat && exp === iat + 1800);
  assert.deepEqual(rest, {
    sub: 'user-123',
    env: 'sandbox',
    role: 'explorer',
    attributes: { state: 'TX' },
    permissions: { dashboard: ['can_view'], chart: ['can_view'] },
    resources: { dashboards: [server.dashboard], charts: [] },
    origins: ['https://app.example.com'],
  });
});

test('only the distinctId is required; the rest has the documented defaults', async () => {
  const { answer, claims } = await minted({ user: person });
  assert.equal(answer.expiresIn, '1h');
  assert.equal(claims.exp - claims.iat, 3600);
  assert.equal(claims.role, 'explorer');
  assert.deepEqual(claims.attributes, {});
  assert.deepEqual(claims.permissions, { dashboard: ['can_view'], chart: ['can_view'] });
  assert.deepEqual(claims.resources, {});
  assert.deepEqual(claims.origins, []);
});

test('sandbox and production differ in key, issuer, audience and environment', async () => {
  const sandbox = await minted({ user: person });
  const production = await minted({ user: person }, server.keys.production);
  assert.equal(production.answer.environment, 'production');
  for (const claim of ['iss', 'aud', 'env', 'akid', 'jti']) {
    assert.notEqual(production.claims[claim], sandbox.claims[claim], claim);
  }
  assert.notEqual(production.header.kid, sandbox.header.kid);
  const { json } = await send(server, { path: '/.well-known/jwks.json' });
  const kids = json.keys.map(({ kid }) => kid);
  assert.ok(kids.includes(sandbox.header.kid) && kids.includes(production.header.kid));
  for (const key of json.keys)
    assert.deepEqual(Object.keys(key).sort(), ['alg', 'crv', 'kid', 'kty', 'use', 'x']);
});

test('two tokens for one body have different ids', async () => {
  const [first, second] = [await minted({ user: person }), await minted({ user: person })];
  assert.notEqual(first.claims.jti, second.claims.jti);
});

for (const [text, seconds, shown] of [
  ['1s', 1, '1s'],
  ['90s', 90, '90s'],
  ['60s', 60, '1m'],
  ['30m', 1800, '30m'],
  ['24h', 86400, '1d'],
  ['1d', 86400, '1d'],
]) {
  test(`expiresIn ${text} lives ${seconds} seconds`, async () => {
    const { answer, claims } = await minted({ user: person, expiresIn: text });
    assert.equal(claims.exp - claims.iat, seconds);
    assert.equal(answer.expiresIn, shown);
  });
}

test('a permission may be one string, and can_edit includes can_view', async () => {
  const { claims } = await minted({
    user: person,
    permissions: { dashboard: 'can_view', chart: ['can_view', 'can_edit'], ai: 'can_query' },
  });
  assert.deepEqual(claims.permissions, {
    dashboard: ['can_view'],
    chart: ['can_edit'],
    ai: ['can_query'],
  });
});

test('permissions that are named replace the defaults: nothing is added', async () => {
  const { claims } = await minted({ user: person, permissions: { chart: 'can_view' } });
  assert.deepEqual(claims.permissions, { chart: ['can_view'] });
});

for (const [name, distinctId] of [
  ['letters of other scripts', 'Zoë 北京 🦜'],
  ['markup and quotes', `<b onclick="x">'; --`],
  ['256 bytes', 'x'.repeat(256)],
]) {
  test(`a distinctId of ${name} comes back as it was`, async () => {
    const { claims } = await minted({ user: { distinctId } });
    assert.equal(claims.sub, distinctId);
  });
}

scenario(server, 'a media type in other letters and with a parameter is JSON too', {
  send: {
    ...request({ user: person }),
    headers: {
      'x-api-key': server.keys.sandbox,
      'content-type': 'Application/JSON ; charset=utf-8',
    },
  },
  json: { environment: 'sandbox' },
});

test('a production key mints for every origin of a page it is not told about: no CORS', async () => {
  const answer = await send(server, {
    ...request({ user: person }),
    headers: { 'x-api-key': server.keys.production, origin: 'https://app.example.com' },
  });
  keepSecret(answer.json.token);
  check(answer, {
    headers: { 'access-control-allow-origin': null, 'cache-control': 'no-store' },
  });
});

logHoldsNoSecret();

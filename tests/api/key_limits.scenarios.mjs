// What a key may give, its children, its rate and its end.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { noLimits } from './support/app.mjs';
import { bearer, demoServer, mint } from './support/demo_server.mjs';
import { send } from './support/request.mjs';
import { check, scenario } from './support/scenario.mjs';
import { keepSecret, logHoldsNoSecret } from './support/secrets.mjs';

const server = await demoServer({ organizations: 'two' });
after(() => server.end());

const { app, dashboard } = server;
const minting = (key, more = {}, user = {}) => ({
  method: 'POST',
  path: '/embed/generate-token',
  headers: { 'x-api-key': key },
  body: { user: { distinctId: 'user-1', ...user }, ...more },
});
const childKeys = (key, body, path = '') => ({
  method: body ? 'POST' : 'GET',
  path: `/api/v1/child-keys${path}`,
  headers: { 'x-api-key': key },
  body,
});
const limit = (field) => ({ status: 403, problem: { code: 'key_limit', field } });

const narrow = await app.createKey({ environment: 'sandbox', limits: undefined });
const refusals = [
  ['permissions.dashboard', { permissions: { dashboard: ['can_edit'] } }],
  ['permissions.chart', { permissions: { chart: 'can_edit' } }],
  ['permissions.database', { permissions: { database: 'can_view' } }],
  ['permissions.ai', { permissions: { ai: 'can_query' } }],
  ['user.role', {}, { role: 'maker' }],
];
for (const [field, more, user] of refusals) {
  scenario(server, `a key made without limits does not give ${field}`, {
    send: minting(narrow.secret, more, user),
    notExpected: ['eyJ'],
    ...limit(field),
  });
}

test('a key gives its resources, origins, lifetime and fixed attributes, and no more', async () => {
  const key = await app.createKey({
    environment: 'production',
    limits: {
      ...noLimits,
      resources: { dashboards: [] },
      origins: ['https://one.example'],
      lifetimeMaxSeconds: 300,
      attributes: { state: 'TX' },
    },
  });
  const asked = (more, user) => send(server, minting(key.secret, more, user));
  check(await asked({ resources: { dashboards: [dashboard] } }), limit('resources.dashboards'));
  check(await asked({ origins: ['https://two.example'] }), limit('origins'));
  check(await asked({ expiresIn: '301s' }), limit('expiresIn'));
  check(await asked({}, { attributes: { state: 'CA' } }), limit('user.attributes.state'));
  const { claims } = await app.explain(keepSecret((await asked({})).json.token));
  assert.deepEqual(claims.resources, { dashboards: [] });
  assert.deepEqual(claims.origins, ['https://one.example']);
  assert.deepEqual(claims.attributes, { state: 'TX' });
  assert.equal(claims.exp - claims.iat, 300);
});

const parent = await app.createKey({
  environment: 'sandbox',
  scopes: ['mint', 'introspect', 'revoke', 'manage'],
  limits: { ...noLimits, attributes: { state: 'TX' } },
});
const makeChild = async (body = {}, key = parent.secret) => {
  const answer = await send(server, childKeys(key, { name: 'Branch', ...body }));
  assert.equal(answer.status, 201, answer.text);
  return { ...answer.json.apiKey, secret: keepSecret(answer.json.secret) };
};

for (const [field, body] of [
  ['scopes', { scopes: ['manage'] }],
  ['requestsPerMinute', { requestsPerMinute: 1_000_001 }],
  ['limits.attributes.state', { limits: { attributes: { state: 'CA' } } }],
  ['limits.attributes.state', { limits: { attributes: {} } }],
]) {
  scenario(server, `a child with wider ${field} is not made`, {
    send: childKeys(parent.secret, { name: 'Wider', ...body }),
    notExpected: ['ara_sandbox_'],
    ...limit(field),
  });
}
scenario(server, 'a child of another environment is not made', {
  send: childKeys(parent.secret, { name: 'Live', environment: 'production' }),
  status: 403,
  problem: { code: 'forbidden' },
});
scenario(server, 'a key without the scope manage has no children', {
  send: childKeys(server.keys.sandbox),
  status: 403,
  problem: { code: 'scope_missing', field: 'x-api-key' },
});
scenario(server, 'a session is not a key', {
  send: { path: '/api/v1/child-keys', headers: { cookie: app.cookie } },
  status: 401,
  problem: { code: 'api_key_missing', field: 'x-api-key' },
});

test('a child key mints within its parent, and neither sees nor manages others', async () => {
  const child = await makeChild();
  assert.equal(child.parentId, parent.id);
  assert.equal(child.status, 'active');
  check(
    await send(server, minting(child.secret, {}, { attributes: { state: 'CA' } })),
    limit('user.attributes.state'),
  );
  const token = await mint(server, {}, child.secret);
  assert.deepEqual((await app.explain(token)).claims.attributes, { state: 'TX' });
  check(await send(server, childKeys(child.secret)), {
    status: 403,
    problem: { code: 'scope_missing', field: 'x-api-key' },
  });
  const listed = await send(server, childKeys(parent.secret));
  assert.ok(listed.json.apiKeys.every(({ parentId }) => parentId === parent.id));
  for (const id of [parent.id, narrow.id, 'key_none']) {
    check(await send(server, childKeys(parent.secret, {}, `/${id}/revoke`)), {
      status: 404,
      problem: { code: 'not_found' },
    });
  }
});

test('a child introspects and revokes only what it minted', async () => {
  const child = await makeChild({ scopes: ['mint', 'introspect', 'revoke'] });
  const sibling = await makeChild();
  const own = await mint(server, {}, child.secret);
  const foreign = await mint(server, {}, sibling.secret);
  const form = (path, token) =>
    send(server, {
      method: 'POST',
      path,
      headers: {
        'x-api-key': child.secret,
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: new URLSearchParams({ token }).toString(),
    });
  assert.equal((await form('/oauth2/introspect', own)).json.active, true);
  assert.equal((await form('/oauth2/introspect', foreign)).text, '{"active":false}');
  assert.equal((await form('/oauth2/revoke', foreign)).status, 200);
  assert.equal((await app.explain(foreign)).active, true, 'not the child’s to revoke');
  assert.equal((await form('/oauth2/revoke', own)).text, '{}');
  assert.equal((await app.explain(own)).code, 'token_revoked');
});

test('the end of a parent ends its children and their tokens', async () => {
  const own = await app.createKey({
    environment: 'sandbox',
    scopes: ['mint', 'introspect', 'manage'],
  });
  const child = await makeChild({}, own.secret);
  const token = await mint(server, {}, child.secret);
  await app.revokeKey(own.id);
  check(await send(server, minting(child.secret)), {
    status: 401,
    problem: { code: 'api_key_revoked', field: 'x-api-key' },
    headers: { 'www-authenticate': 'ApiKey realm="aracari"' },
  });
  check(await send(server, { path: '/api/v1/dashboards', headers: bearer(token) }), {
    status: 401,
    problem: { code: 'token_key_revoked' },
    headers: { 'www-authenticate': 'Bearer realm="aracari", error="invalid_token"' },
  });
  const { apiKeys } = await app.get('/api/v1/api-keys');
  assert.equal(apiKeys.find(({ id }) => id === child.id).status, 'parent_ended');
});

test('a rolled key and its tokens live through the overlap', async () => {
  const old = await app.createKey({ environment: 'sandbox', name: 'Backend' });
  const token = await mint(server, {}, old.secret);
  const rolled = await app.post(`/api/v1/api-keys/${old.id}/roll`, { overlapSeconds: 2 });
  keepSecret(rolled.secret);
  assert.equal(rolled.rolled.rolledTo, rolled.apiKey.id);
  assert.deepEqual(rolled.apiKey.limits, old.limits);
  assert.equal((await app.explain(token)).active, true);
  assert.equal((await send(server, minting(old.secret))).status, 200);
  assert.equal((await send(server, minting(rolled.secret))).status, 200);
  await new Promise((resolve) => setTimeout(resolve, 2100));
  check(await send(server, minting(old.secret)), {
    status: 401,
    problem: { code: 'api_key_expired', field: 'x-api-key' },
  });
  assert.equal((await app.explain(token)).code, 'token_key_revoked');
  assert.equal((await send(server, minting(rolled.secret))).status, 200);
});

test('a key over its rate gets 429, also through its children, and others go on', async () => {
  const key = await app.createKey({
    environment: 'sandbox',
    scopes: ['mint', 'introspect', 'manage'],
    requestsPerMinute: 5,
  });
  const child = await makeChild({}, key.secret);
  const first = await send(server, minting(key.secret));
  assert.equal(first.headers['ratelimit-policy'], '"key";q=5;w=60');
  assert.match(first.headers.ratelimit, /^"key";r=3;t=\d+$/);
  for (let asked = 0; asked < 3; asked += 1) await mint(server, {}, child.secret);
  for (const secret of [key.secret, child.secret]) {
    const refused = await send(server, minting(secret));
    check(refused, { status: 429, problem: { code: 'too_many_requests' }, notExpected: ['eyJ'] });
    assert.ok(Number(refused.headers['retry-after']) >= 1, refused.headers['retry-after']);
    assert.match(refused.headers.ratelimit, /^"key";r=0;t=\d+$/);
  }
  assert.equal((await send(server, minting(server.keys.sandbox))).status, 200);
});

test('a child that asks too often does not use up its parent', async () => {
  const key = await app.createKey({
    environment: 'sandbox',
    scopes: ['mint', 'introspect', 'manage'],
    requestsPerMinute: 20,
  });
  const child = await makeChild({ requestsPerMinute: 2 }, key.secret);
  for (let asked = 0; asked < 2; asked += 1) await mint(server, {}, child.secret);
  for (let asked = 0; asked < 30; asked += 1) {
    const refused = await send(server, minting(child.secret));
    assert.equal(refused.status, 429);
    assert.equal(refused.headers['ratelimit-policy'], '"key";q=2;w=60');
  }
  const answer = await send(server, minting(key.secret));
  assert.equal(answer.status, 200);
  assert.match(answer.headers.ratelimit, /^"key";r=16;t=\d+$/, 'two of the child, two of its own');
});

test('a child of a key with encrypted tokens mints no readable ones', async () => {
  const key = await app.createKey({
    environment: 'sandbox',
    scopes: ['mint', 'introspect', 'manage'],
    tokenForm: 'encrypted',
  });
  const body = { name: 'Readable', tokenForm: 'signed' };
  check(await send(server, childKeys(key.secret, body)), {
    ...limit('tokenForm'),
    notExpected: ['ara_sandbox_'],
  });
  const child = await makeChild({}, key.secret);
  assert.equal(child.tokenForm, 'encrypted');
});

test('a roll hands on the children and says so', async () => {
  const old = await app.createKey({
    environment: 'sandbox',
    scopes: ['mint', 'introspect', 'manage'],
  });
  const child = await makeChild({}, old.secret);
  const rolled = await app.post(`/api/v1/api-keys/${old.id}/roll`, { overlapSeconds: 0 });
  keepSecret(rolled.secret);
  assert.equal(rolled.childrenMoved, 1);
  assert.equal((await send(server, minting(child.secret))).status, 200);
  const { events } = await app.get('/api/v1/audit?action=api_key.rolled');
  const event = events.find(({ subject }) => subject.id === old.id);
  assert.equal(event.detail, `to ${rolled.apiKey.id}; child keys moved: 1`);
});

test('a key of another organization is not found', async () => {
  for (const act of ['roll', 'revoke']) {
    const answer = await app.send({
      method: 'POST',
      path: `/api/v1/api-keys/key_unknown/${act}`,
      body: act === 'roll' ? { overlapSeconds: 0 } : {},
    });
    check(answer, { status: 404, problem: { code: 'not_found' } });
  }
});

logHoldsNoSecret();

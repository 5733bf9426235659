// Every route of the program's own table, asked with every kind of credential: each gets exactly the answer that is written
// here. A route that is missing here, or gone, fails.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, test } from 'node:test';
import { signIn } from './support/app.mjs';
import { bearer, createUser, demoServer, mint, neighbour } from './support/demo_server.mjs';
import { send } from './support/request.mjs';
import { keepSecret, logHoldsNoSecret } from './support/secrets.mjs';

const server = await demoServer({ organizations: 'two' });
after(() => server.end());

const { app } = server;
const user = (role) => createUser(server.dataDir, `${role}@demo.example`, role, 'Demo');
const sessions = {
  explorer: await signIn(server, await user('explorer')),
  maker: await signIn(server, await user('maker')),
  admin: app,
  neighbour: await signIn(server, neighbour),
};
const key = (scopes) => app.createKey({ environment: 'sandbox', scopes });
const keys = {
  all: await key(['mint', 'introspect', 'revoke', 'manage']),
  mint: await key(['mint']),
  introspect: await key(['introspect']),
  revoked: await key(['mint', 'introspect', 'revoke', 'manage']),
};
const token = await mint(server, { user: { attributes: { state: 'TX' } } }, keys.all.secret);
await app.revokeKey(keys.revoked.id);
const [database] = (await app.get('/api/v1/databases')).databases;
const { tables } = await app.get(`/api/v1/databases/${database.id}/tables`);
const table = tables.find(({ name }) => name === 'flights');
const upload = await app.post('/api/v1/uploads', { fileName: 'door.csv', bytes: 4 });
const [chart] = (await app.get('/api/v1/content/charts')).charts;
const spec = { table: table.id, type: 'value', metrics: ['flights'] };

const cookie = (value) => ({ cookie: `aracari_session=${value}` });
const apiKey = (value) => ({ 'x-api-key': value });
const holders = {
  nobody: {},
  explorer: cookie(sessions.explorer.session),
  maker: cookie(sessions.maker.session),
  admin: cookie(sessions.admin.session),
  'the neighbour’s admin': cookie(sessions.neighbour.session),
  'an ended session': cookie('a'.repeat(43)),
  'a key': apiKey(keys.all.secret),
  'a key of another scope': (scope) =>
    apiKey((scope === 'mint' ? keys.introspect : keys.mint).secret),
  'a revoked key': apiKey(keys.revoked.secret),
  'a key that is none': apiKey(
    keys.all.secret.slice(0, -1) + (keys.all.secret.endsWith('x') ? 'y' : 'x'),
  ),
  'an embed token': bearer(token),
  'an embed token as key': apiKey(token),
  'an embed token as session': cookie(token),
  'a session as token': bearer(app.session),
  'a session as key': apiKey(app.session),
  'a key as token': bearer(keys.all.secret),
  'a key as session': cookie(keys.all.secret),
};

// What the door answers to who may not pass.
const roles = ['explorer', 'maker', 'admin'];
const people = (least, open) => {
  const answers = Object.fromEntries(
    roles.map((role) => [
      role,
      roles.indexOf(role) >= roles.indexOf(least) ? open : [403, 'forbidden'],
    ]),
  );
  return { ...answers, 'the neighbour’s admin': open };
};
const byKey = (open) => ({
  'a key': open,
  'a key of another scope': [403, 'scope_missing'],
  'a revoked key': [401, 'api_key_revoked'],
  'a key that is none': [401, 'api_key_invalid'],
  'an embed token as key': [401, 'api_key_invalid'],
  'a session as key': [401, 'api_key_invalid'],
});

const all = (answer) => Object.fromEntries(Object.keys(holders).map((holder) => [holder, answer]));
const everybody = (open) => all(open);
const persons = (least, open) => ({ ...all([401, 'not_signed_in']), ...people(least, open) });
/** What belongs to the organization: the neighbour’s admin is told that it is not there. */
const ours = (least, open) => ({
  ...persons(least, open),
  'the neighbour’s admin': [404, 'not_found'],
});
const machines = (open) => ({ ...all([401, 'api_key_missing']), ...byKey(open) });
const both = (least, person, machine) => ({ ...persons(least, person), ...byKey(machine) });
const viewers = (open, ofNeighbour = open) => ({
  ...all([401, 'token_missing']),
  explorer: open,
  maker: open,
  admin: open,
  'the neighbour’s admin': ofNeighbour,
  'an embed token': open,
  'an ended session': [401, 'not_signed_in'],
  'an embed token as session': [401, 'not_signed_in'],
  'a key as session': [401, 'not_signed_in'],
  'a session as token': [401, 'token_malformed'],
  'a key as token': [401, 'token_malformed'],
});

const none = [404, 'not_found'];
const badBody = [400, 'invalid_body'];
let count = 0;
const unique = () => `door${(count += 1)}`;
const form = () => new URLSearchParams({ token: 'x' }).toString();
const formType = { 'content-type': 'application/x-www-form-urlencoded' };

/** Route → who gets what; with the body that is sent, the scope that a key needs, and a query. */
const doors = {
  'GET /healthz': { answers: everybody([200]) },
  'GET /docs': { answers: everybody([200]) },
  'GET /docs/{page}': { answers: everybody([404]) },
  'GET /llms.txt': { answers: everybody([200]) },
  'GET /.well-known/jwks.json': { answers: everybody([200]) },
  'GET /embed/frame/dashboards/{id}': { answers: everybody([200]) },
  'POST /embed/generate-token': {
    scope: 'mint',
    body: () => ({ user: { distinctId: 'user-1' } }),
    answers: machines([200]),
  },
  'POST /oauth2/introspect': {
    scope: 'introspect',
    body: form,
    headers: formType,
    answers: machines([200]),
  },
  'POST /oauth2/revoke': {
    scope: 'revoke',
    body: form,
    headers: formType,
    answers: machines([200]),
  },
  'GET /api/v1/dashboards': { answers: viewers([200]) },
  'GET /api/v1/dashboards/{id}': { answers: viewers([200], none), id: server.dashboard },
  'POST /api/v1/dashboards/{id}/data': {
    id: server.dashboard,
    body: () => ({}),
    answers: viewers([200], none),
  },
  'POST /api/v1/dashboards/{id}/filters/{filter}/values': {
    id: server.dashboard,
    parts: { filter: 'origin' },
    body: () => ({}),
    answers: { ...viewers([200], none), explorer: [400, 'attribute_missing'] },
  },
  'POST /api/v1/dashboards/{id}/charts/{chart}/rows': {
    id: server.dashboard,
    parts: { chart: chart.id },
    body: () => ({ limit: 1 }),
    answers: { ...viewers([200], none), explorer: [400, 'attribute_missing'] },
  },
  'GET /api/v1/usage': { answers: persons('maker', [200]) },
  'GET /api/v1/usage/export': { answers: persons('maker', [200]) },
  'GET /api/v1/charts/{chart}': {
    parts: { chart: chart.id },
    answers: viewers([200], none),
  },
  'POST /api/v1/charts/{chart}/data': {
    parts: { chart: chart.id },
    body: () => ({}),
    answers: viewers([200], none),
  },
  'POST /api/v1/charts/{chart}/export': {
    parts: { chart: chart.id },
    body: () => ({ format: 'csv', of: 'chart' }),
    answers: {
      ...viewers([200], none),
      explorer: [400, 'attribute_missing'],
      'an embed token': [403, 'permission_missing'],
    },
  },
  'POST /api/v1/dashboards/{id}/charts/{chart}/export': {
    id: server.dashboard,
    parts: { chart: chart.id },
    body: () => ({ format: 'xlsx', of: 'chart' }),
    answers: {
      ...viewers([200], none),
      explorer: [400, 'attribute_missing'],
      'an embed token': [403, 'permission_missing'],
    },
  },
  'POST /api/v1/charts/{chart}/rows': {
    parts: { chart: chart.id },
    body: () => ({ limit: 1 }),
    answers: { ...viewers([200], none), explorer: [400, 'attribute_missing'] },
  },
  'GET /api/v1/content/theme': { answers: persons('maker', [200]) },
  'PUT /api/v1/content/theme': {
    body: () => ({ theme: {} }),
    answers: persons('maker', [200]),
  },
  'GET /api/v1/content/export': { answers: persons('maker', [200]) },
  'POST /api/v1/content/apply': {
    body: () => ({ aracariContent: 1 }),
    answers: persons('maker', [200]),
  },
  'GET /api/v1/content/charts': { answers: persons('maker', [200]) },
  'POST /api/v1/content/charts': {
    body: () => ({ name: 'Door', spec: { ...spec, table: 'unknown' } }),
    answers: persons('maker', badBody),
  },
  'POST /api/v1/content/charts/preview': {
    body: () => ({ spec }),
    answers: { ...persons('maker', [200]), 'the neighbour’s admin': badBody },
  },
  'GET /api/v1/content/charts/{id}': { id: chart.id, answers: ours('maker', [200]) },
  'PUT /api/v1/content/charts/{id}': {
    id: chart.id,
    body: () => ({ version: 999, name: 'Door', spec }),
    answers: ours('maker', [409, 'conflict']),
  },
  'DELETE /api/v1/content/charts/{id}': {
    id: chart.id,
    answers: ours('maker', [409, 'content_in_use']),
  },
  'POST /api/v1/content/dashboards': {
    body: () => ({ name: '' }),
    answers: persons('maker', badBody),
  },
  'GET /api/v1/content/dashboards/{id}': { id: server.dashboard, answers: ours('maker', [200]) },
  'PUT /api/v1/content/dashboards/{id}': {
    id: server.dashboard,
    body: () => ({ version: 999, name: 'Door', draft: {} }),
    answers: ours('maker', [409, 'conflict']),
  },
  'DELETE /api/v1/content/dashboards/{id}': { answers: persons('maker', none) },
  'POST /api/v1/content/dashboards/{id}/publish': {
    id: server.dashboard,
    body: () => ({}),
    answers: ours('maker', [200]),
  },
  'POST /api/v1/content/dashboards/{id}/discard': {
    id: server.dashboard,
    body: () => ({}),
    answers: ours('maker', [200]),
  },
  'POST /api/v1/content/dashboards/{id}/duplicate': {
    id: server.dashboard,
    body: () => ({}),
    answers: ours('maker', [201]),
  },
  'GET /api/v1/content/dashboards/{id}/versions': {
    id: server.dashboard,
    answers: ours('maker', [200]),
  },
  'POST /api/v1/content/dashboards/{id}/versions/{version}/restore': {
    id: server.dashboard,
    body: () => ({}),
    answers: ours('maker', none),
  },
  'POST /api/v1/dashboards/{id}/explain': {
    id: server.dashboard,
    body: () => ({}),
    answers: { ...viewers([200], none), explorer: [403, 'forbidden'] },
  },
  'GET /api/v1/dashboards/{id}/coverage': { id: server.dashboard, answers: ours('maker', [200]) },
  'POST /api/v1/dashboards/{id}/publish': {
    id: server.dashboard,
    body: () => ({}),
    answers: ours('maker', [200]),
  },
  'POST /api/v1/dashboards/{id}/unpublish': { body: () => ({}), answers: ours('maker', none) },
  'GET /api/v1/databases': { answers: persons('maker', [200]) },
  'POST /api/v1/databases': {
    body: () => ({ name: unique(), kind: 'duckdb', file: 'missing.duckdb' }),
    answers: persons('maker', [422, 'database_refused']),
  },
  'POST /api/v1/databases/test': {
    body: () => ({
      kind: 'postgres',
      postgres: { host: '/tmp', port: 1, database: 'x', user: 'x', password: 'x', tls: 'disable' },
    }),
    answers: persons('maker', [400, 'invalid_body']),
  },
  'GET /api/v1/database-files': { answers: persons('maker', [200]) },
  'PUT /api/v1/databases/{id}': {
    id: database.id,
    body: () => ({ name: database.name, freshnessSeconds: database.freshnessSeconds }),
    answers: ours('maker', [200]),
  },
  'DELETE /api/v1/databases/{id}': {
    id: database.id,
    answers: ours('maker', [409, 'content_in_use']),
  },
  'POST /api/v1/databases/{id}/test': {
    id: database.id,
    body: () => ({}),
    answers: ours('maker', [200]),
  },
  'POST /api/v1/databases/{id}/refresh': {
    id: database.id,
    body: () => ({}),
    answers: ours('maker', [200]),
  },
  'POST /api/v1/databases/{id}/purge': {
    id: database.id,
    body: () => ({}),
    answers: ours('maker', [200]),
  },
  'GET /api/v1/databases/{id}/tables': { id: database.id, answers: ours('maker', [200]) },
  'POST /api/v1/databases/{id}/tables': {
    id: database.id,
    body: () => ({ name: unique(), label: 'Door', statement: 'DROP TABLE flights' }),
    answers: ours('maker', [422, 'invalid_statement']),
  },
  'POST /api/v1/tables/bulk': {
    body: () => ({ ids: ['unknown'], access: 'hidden' }),
    answers: persons('maker', none),
  },
  'GET /api/v1/tables/{id}': { id: table.id, answers: ours('maker', [200]) },
  'PUT /api/v1/tables/{id}': {
    id: table.id,
    body: () => ({ version: 999, access: 'shared' }),
    answers: ours('maker', [409, 'conflict']),
  },
  'DELETE /api/v1/tables/{id}': { id: table.id, answers: ours('maker', [409, 'conflict']) },
  'POST /api/v1/tables/{id}/preview': {
    id: table.id,
    body: () => ({ limit: 1 }),
    answers: ours('maker', [200]),
  },
  'GET /api/v1/tables/{id}/versions': { id: table.id, answers: ours('maker', [200]) },
  'GET /api/v1/tables/{id}/versions/{version}': {
    id: table.id,
    answers: ours('maker', none),
  },
  'POST /api/v1/tables/{id}/versions/{version}/restore': {
    id: table.id,
    body: () => ({ version: 999 }),
    answers: ours('maker', [409, 'conflict']),
  },
  'GET /api/v1/uploads': { answers: persons('maker', [200]) },
  'POST /api/v1/uploads': {
    body: () => ({ fileName: 'door.csv', bytes: 0 }),
    answers: persons('maker', badBody),
  },
  'GET /api/v1/uploads/{id}': { id: upload.id, answers: ours('maker', [200]) },
  'PATCH /api/v1/uploads/{id}': {
    id: upload.id,
    body: () => 'x',
    headers: { 'content-type': 'application/offset+octet-stream', 'upload-offset': '9' },
    answers: ours('maker', [409, 'conflict']),
  },
  'DELETE /api/v1/uploads/{id}': { answers: persons('maker', none) },
  'POST /api/v1/uploads/{id}/inspect': {
    id: upload.id,
    body: () => ({}),
    answers: ours('maker', [409, 'conflict']),
  },
  'POST /api/v1/uploads/{id}/import': {
    id: upload.id,
    body: () => ({
      format: 'csv',
      database: { name: unique() },
      table: { name: 'door', label: 'Door' },
      columns: [{ name: 'a', type: 'string' }],
    }),
    answers: ours('maker', [409, 'conflict']),
  },
  'POST /api/v1/setup': {
    body: () => ({
      setupSecret: 'x',
      organization: 'Mine',
      email: 'evil@evil.example',
      password: 'a long enough password',
    }),
    answers: everybody([409, 'setup_done']),
  },
  'GET /api/v1/session': { answers: everybody([200]) },
  'POST /api/v1/session': { body: () => ({}), answers: everybody(badBody) },
  'GET /api/v1/sessions': { answers: persons('explorer', [200]) },
  'DELETE /api/v1/sessions/{id}': { answers: persons('explorer', none) },
  'POST /api/v1/sessions/sign-out-others': {
    body: () => ({}),
    answers: persons('explorer', [204]),
  },
  'POST /api/v1/password': { body: () => ({}), answers: persons('explorer', badBody) },
  'GET /api/v1/audit': { answers: persons('admin', [200]) },
  'GET /api/v1/audit/export': { query: '?format=csv', answers: persons('admin', [200]) },
  'GET /api/v1/api-keys': { answers: persons('maker', [200]) },
  'POST /api/v1/api-keys': {
    body: () => ({ name: unique(), environment: 'sandbox' }),
    answers: persons('maker', [201]),
  },
  'POST /api/v1/api-keys/{id}/roll': {
    body: () => ({ overlapSeconds: 0 }),
    answers: persons('maker', none),
  },
  'POST /api/v1/api-keys/{id}/revoke': { body: () => ({}), answers: persons('maker', none) },
  'GET /api/v1/child-keys': { scope: 'manage', answers: machines([200]) },
  'POST /api/v1/child-keys': {
    scope: 'manage',
    body: () => ({ name: unique(), scopes: ['mint'] }),
    answers: machines([201]),
  },
  'POST /api/v1/child-keys/{id}/roll': {
    scope: 'manage',
    body: () => ({ overlapSeconds: 0 }),
    answers: machines(none),
  },
  'POST /api/v1/child-keys/{id}/revoke': {
    scope: 'manage',
    body: () => ({}),
    answers: machines(none),
  },
  'GET /api/v1/revocations': { answers: persons('maker', [200]) },
  'POST /api/v1/revocations': {
    scope: 'revoke',
    body: () => ({ kind: 'end_user', environment: 'sandbox', subject: unique() }),
    answers: both('maker', [201], [201]),
  },
  'GET /api/v1/signing-keys': { answers: persons('admin', [200]) },
  'POST /api/v1/signing-keys/rotate': {
    body: () => ({ environment: 'production', mode: 'emergency' }),
    answers: persons('admin', [201]),
  },
  'GET /api/v1/authorized-origins': { answers: persons('maker', [200]) },
  'POST /api/v1/authorized-origins': {
    body: () => ({ origin: `https://${unique()}.example`, environment: 'sandbox' }),
    answers: persons('admin', [201]),
  },
  'DELETE /api/v1/authorized-origins/{id}': { answers: persons('admin', none) },
  'POST /api/v1/authorized-origins/check': {
    body: () => ({ url: 'https://app.example.com' }),
    answers: persons('maker', [200]),
  },
  'GET /api/v1/token-attributes': { answers: persons('maker', [200]) },
  'POST /api/v1/token-attributes': {
    body: () => ({ name: unique(), type: 'string' }),
    answers: persons('admin', [201]),
  },
  'DELETE /api/v1/token-attributes/{id}': { answers: persons('admin', none) },
  'POST /api/v1/tokens/introspect': {
    scope: 'introspect',
    body: () => ({ token: 'x' }),
    answers: both('maker', [200], [200]),
  },
};
// Ends the session that it is asked with; accounts.scenarios.mjs has it.
const elsewhere = ['DELETE /api/v1/session'];

function routeTable() {
  const source = readFileSync(new URL('../../src/http/routes.cc', import.meta.url), 'utf8');
  const methods = { kGet: 'GET', kPost: 'POST', kDelete: 'DELETE', kPut: 'PUT', kPatch: 'PATCH' };
  const rows = [...source.matchAll(/\{\s*(k\w+),\s*"([^"]+)",\s*k\w+,/g)];
  return rows.map(([, method, path]) => `${methods[method]} ${path}`);
}

test('every route of the program is here, and no other', () => {
  const known = [...Object.keys(doors), ...elsewhere].sort();
  assert.deepEqual(routeTable().sort(), known);
});

for (const [route, door] of Object.entries(doors)) {
  const [method, pattern] = route.split(' ');
  const parts = { id: door.id ?? 'unknown', version: '99', ...door.parts };
  const filled = pattern.replace(/\{(\w+)\}/g, (_, name) => parts[name]);
  const path = filled + (door.query ?? '');
  test(`${route}: who may`, async () => {
    assert.deepEqual(Object.keys(door.answers).sort(), Object.keys(holders).sort());
    for (const [holder, credential] of Object.entries(holders)) {
      const headers = {
        ...(typeof credential === 'function' ? credential(door.scope) : credential),
        ...door.headers,
      };
      const answer = await send(server, { method, path, headers, body: door.body?.() });
      if (answer.json?.secret) keepSecret(answer.json.secret);
      if (answer.json?.token) keepSecret(answer.json.token);
      const [status, code] = door.answers[holder];
      const got = [answer.status, status < 400 ? undefined : answer.json?.code];
      assert.deepEqual(got, [status, code], `${holder}: ${answer.text.slice(0, 300)}`);
    }
  });
}

test('production is for admins: keys and revocations', async () => {
  for (const [path, body] of [
    ['/api/v1/api-keys', { name: 'Live', environment: 'production' }],
    ['/api/v1/revocations', { kind: 'end_user', environment: 'production', subject: 'u' }],
  ]) {
    for (const [role, status] of [
      ['explorer', 403],
      ['maker', 403],
      ['admin', 201],
    ]) {
      const answer = await sessions[role].send({ method: 'POST', path, body });
      keepSecret(answer.json?.secret);
      assert.equal(answer.status, status, `${role} ${path}: ${answer.text}`);
    }
  }
});

test('what was refused was not done', async () => {
  const { apiKeys } = await app.get('/api/v1/api-keys');
  assert.equal(apiKeys.filter(({ name }) => name === 'Live').length, 1);
  assert.equal((await app.get('/api/v1/session')).organization.name, 'Demo');
  const now = await app.get(`/api/v1/databases/${database.id}/tables`);
  const accessOf = (list) => list.map(({ name, access, rules }) => [name, access, rules]);
  assert.deepEqual(accessOf(now.tables), accessOf(tables));
  assert.deepEqual((await app.get('/api/v1/databases')).databases, [database]);
  assert.equal((await app.get(`/api/v1/dashboards/${server.dashboard}`)).published, true);
});

logHoldsNoSecret();

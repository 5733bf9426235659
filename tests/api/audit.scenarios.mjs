// Who did what: each kind of event, the filters, the pages and the two files.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { command } from '../harness/aracari.mjs';
import { signIn } from './support/app.mjs';
import { introspect } from './support/bad_token.mjs';
import { createUser, demoServer, neighbour } from './support/demo_server.mjs';
import { send } from './support/request.mjs';
import { check } from './support/scenario.mjs';
import { keepSecret, logHoldsNoSecret, usedSecrets } from './support/secrets.mjs';

const server = await demoServer({ organizations: 'two' });
after(() => server.end());

const { app } = server;
const maker = await createUser(server.dataDir, 'maker@demo.example', 'maker', 'Demo');
const explorer = await createUser(server.dataDir, 'explorer@demo.example', 'explorer', 'Demo');
const get = (query = '', by = app) => by.send({ path: `/api/v1/audit${query}` });
const events = async (query) => (await get(query)).json.events;
const newest = async (action) => (await events(`?action=${action}&limit=1`))[0];

/** What is counted is written every few seconds. */
async function eventually(ask, what) {
  for (let waited = 0; waited < 15_000; waited += 200) {
    const answer = await ask();
    if (answer) return answer;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return assert.fail(`waited in vain for ${what}`);
}

const key = await app.createKey({
  environment: 'sandbox',
  name: '=HYPERLINK("http://evil.example")',
});

test('every change of a key says who, what and from where', async () => {
  const created = await newest('api_key.created');
  assert.equal(created.actor.kind, 'user');
  assert.equal(created.actor.name, server.account.email);
  assert.deepEqual(created.subject, { kind: 'api_key', id: key.id, name: key.name });
  assert.equal(created.environment, 'sandbox');
  assert.equal(created.remoteAddress, '127.0.0.1');
  assert.ok(Math.abs(Date.parse(created.at) - Date.now()) < 60_000);
  const rolled = await app.post(`/api/v1/api-keys/${key.id}/roll`, { overlapSeconds: 0 });
  keepSecret(rolled.secret);
  const roll = await newest('api_key.rolled');
  assert.equal(roll.subject.id, key.id);
  assert.ok(roll.detail.includes(rolled.apiKey.id));
  await app.revokeKey(rolled.apiKey.id);
  assert.equal((await newest('api_key.revoked')).subject.id, rolled.apiKey.id);
});

test('mints and introspections are counted, by key and end user', async () => {
  const minter = await app.createKey({ environment: 'sandbox', name: 'Counted' });
  let token;
  for (let count = 0; count < 5; count += 1) {
    token = await server.mint({ user: { distinctId: 'counted-user' } }, minter.secret);
  }
  await introspect(server, token);
  const total = async (action, query) =>
    (await events(`?action=${action}&subject=counted-user${query}`)).reduce(
      (sum, { count }) => sum + count,
      0,
    );
  await eventually(
    async () => (await total('token.minted', `&actor=${minter.id}`)) === 5,
    'the mints',
  );
  await eventually(async () => (await total('token.introspected', '')) >= 1, 'the introspection');
});

test('signing in, failing to, signing out and a new password', async () => {
  const other = await signIn(server, explorer);
  assert.equal((await newest('session.signed_in')).actor.name, explorer.email);
  const wrong = keepSecret('certainly a wrong one');
  await send(server, {
    method: 'POST',
    path: '/api/v1/session',
    body: { email: explorer.email, password: wrong },
  });
  await eventually(() => newest('session.sign_in_failed'), 'the failure');
  const newPassword = keepSecret('another long password 3');
  const body = { currentPassword: explorer.password, newPassword };
  assert.equal((await other.send({ method: 'POST', path: '/api/v1/password', body })).status, 204);
  assert.equal((await newest('password.changed')).actor.name, explorer.email);
  await other.remove('/api/v1/session');
  assert.equal((await newest('session.signed_out')).actor.name, explorer.email);
  explorer.password = newPassword;
});

test('origins, attributes, revocations, rotations and the command line', async () => {
  const origin = await app.addOrigin('https://audited.example', 'production');
  assert.equal((await newest('authorized_origin.added')).environment, 'production');
  await app.remove(`/api/v1/authorized-origins/${origin.id}`);
  assert.equal((await newest('authorized_origin.removed')).subject.id, origin.id);
  const attribute = await app.addAttribute('audited', 'string');
  await app.remove(`/api/v1/token-attributes/${attribute.id}`);
  assert.equal((await newest('token_attribute.removed')).subject.id, attribute.id);
  const reason = 'asked for it';
  await app.post('/api/v1/revocations', {
    kind: 'end_user',
    environment: 'sandbox',
    subject: 'gone',
    reason,
  });
  const revoked = await newest('revocation.created');
  assert.deepEqual(
    [revoked.subject.kind, revoked.subject.id, revoked.detail],
    ['end_user', 'gone', reason],
  );
  await app.post('/api/v1/signing-keys/rotate', { environment: 'sandbox', mode: 'emergency' });
  assert.equal((await newest('signing_key.emergency_rotated')).environment, 'sandbox');
  const words = ['--organization', 'Demo', '--environment', 'production', '--name', 'By command'];
  const made = await command(['keys', 'create', '--data-dir', server.dataDir, ...words]);
  assert.equal(made.code, 0, made.stderr);
  keepSecret(made.stdout.trim());
  const byCommand = await newest('api_key.created');
  assert.equal(byCommand.actor.kind, 'command_line');
  assert.equal(byCommand.remoteAddress, null);
});

test('filters narrow, and together narrow more', async () => {
  const all = await events('?limit=200');
  const actions = new Set(all.map(({ action }) => action));
  assert.ok(actions.size > 8, [...actions].join());
  for (const event of await events('?action=api_key.&limit=200'))
    assert.match(event.action, /^api_key\./);
  for (const event of await events('?environment=production&limit=200')) {
    assert.equal(event.environment, 'production');
  }
  const byMaker = await events(`?actor=${encodeURIComponent(explorer.email)}&limit=200`);
  assert.ok(byMaker.length > 0 && byMaker.every(({ actor }) => actor.name === explorer.email));
  assert.deepEqual(await events('?actor=nobody@nowhere.example'), []);
  assert.deepEqual(await events('?to=2020-01-01T00:00:00Z'), []);
  assert.deepEqual(await events('?from=2999-01-01T00:00:00Z'), []);
  const both = await events('?action=api_key.created&environment=production&limit=200');
  assert.ok(
    both.length > 0 &&
      both.every(
        (event) => event.action === 'api_key.created' && event.environment === 'production',
      ),
  );
});

for (const [query, field] of [
  ['action=nothing', 'action'],
  ['action=%25', 'action'],
  ['environment=both', 'environment'],
  ['from=yesterday', 'from'],
  ['to=1', 'to'],
  ['limit=0', 'limit'],
  ['limit=201', 'limit'],
  ['limit=1e9', 'limit'],
  ['before=x', 'before'],
  ['before=1-2-3', 'before'],
  [`actor=${'a'.repeat(300)}`, 'actor'],
  ['organization=org_other', 'organization'],
]) {
  test(`?${query.slice(0, 30)} is refused by its name`, async () => {
    check(await get(`?${query}`), { status: 400, problem: { code: 'invalid_body', field } });
    if (/^(limit|before)/.test(query)) return;
    check(await app.send({ path: `/api/v1/audit/export?format=csv&${query}` }), {
      status: 400,
      problem: { code: 'invalid_body', field },
    });
  });
}

test('pages follow one another without a gap or an event twice', async () => {
  const whole = (await events('?limit=200&to=2999-01-01T00:00:00Z')).map(({ id }) => id);
  const paged = [];
  let before = '';
  for (let pages = 0; pages < 100; pages += 1) {
    const { json } = await get(`?limit=3${before && `&before=${before}`}`);
    paged.push(...json.events.map(({ id }) => id));
    if (json.next === null) break;
    before = encodeURIComponent(json.next);
  }
  const known = new Set(whole);
  assert.deepEqual(paged.filter((id) => known.has(id)).slice(-whole.length), whole);
  assert.equal(new Set(paged).size, paged.length);
});

test('NDJSON is every event, oldest first, as the list has it', async () => {
  const answer = await app.send({ path: '/api/v1/audit/export?format=ndjson&action=api_key.' });
  assert.equal(answer.status, 200);
  assert.equal(answer.headers['content-type'], 'application/x-ndjson');
  assert.match(answer.headers['content-disposition'], /^attachment; filename="audit\.ndjson"$/);
  assert.equal(answer.headers['cache-control'], 'no-store');
  const lines = answer.text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  assert.deepEqual(lines.reverse(), await events('?action=api_key.&limit=200'));
});

test('CSV has a head, one record an event, and nothing that a spreadsheet would run', async () => {
  const answer = await app.send({ path: '/api/v1/audit/export?format=csv&action=api_key.created' });
  assert.equal(answer.headers['content-type'], 'text/csv; charset=utf-8');
  assert.match(answer.headers['content-disposition'], /audit\.csv/);
  const [head] = answer.text.split('\r\n');
  assert.match(head, /^"?id"?,"?at"?,"?action"?,/);
  assert.ok(answer.text.includes('HYPERLINK'), 'the name is there');
  assert.doesNotMatch(answer.text, /(^|[,"\n])=HYPERLINK/, 'but not as a formula');
  const listed = await events('?action=api_key.created&limit=200');
  assert.equal(answer.text.trim().split('\r\n').length, listed.length + 1);
});

test('an export needs a format that there is', async () => {
  for (const query of ['', '?format=xml', '?format=CSV', '?format=']) {
    check(await app.send({ path: `/api/v1/audit/export${query}` }), {
      status: 400,
      problem: { code: 'invalid_body', field: 'format' },
    });
  }
});

test('only admins read it, and only their own organization’s', async () => {
  const asMaker = await signIn(server, maker);
  for (const path of ['/api/v1/audit', '/api/v1/audit/export?format=csv']) {
    check(await asMaker.send({ path }), {
      status: 403,
      problem: { code: 'forbidden' },
      notExpected: ['api_key.created', server.account.email],
    });
    check(await send(server, { path }), { status: 401, problem: { code: 'not_signed_in' } });
    check(await send(server, { path, headers: { 'x-api-key': server.keys.sandbox } }), {
      status: 401,
      problem: { code: 'not_signed_in' },
    });
    const foreign = await (await signIn(server, neighbour)).send({ path });
    assert.equal(foreign.status, 200);
    for (const text of [server.account.email, key.id, 'counted-user', 'Counted']) {
      assert.ok(!foreign.text.includes(text), `${text} is nothing of the neighbour’s`);
    }
  }
});

test('no secret is in the log', async () => {
  const exported = await app.send({ path: '/api/v1/audit/export?format=ndjson' });
  for (const secret of usedSecrets()) {
    assert.ok(!exported.text.includes(secret), `a secret was audited: ${secret.slice(0, 14)}…`);
  }
});

logHoldsNoSecret();

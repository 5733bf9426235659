// Account settings → API Keys, and Settings → Embed → Token Attributes.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { command } from '../harness/aracari.mjs';
import { demoServer, mint } from './support/demo_server.mjs';
import { check, scenario } from './support/scenario.mjs';
import { keepSecret, logHoldsNoSecret } from './support/secrets.mjs';

const server = await demoServer();
after(() => server.end());

const cookie = server.app.cookie;
const post = (path, body) => ({ method: 'POST', path, headers: { cookie }, body });

test('a new key is shown once and then only by its prefix and last four', async () => {
  const answer = await server.app.send(
    post('/api/v1/api-keys', { name: 'Backend', environment: 'production' }),
  );
  const secret = keepSecret(answer.json.secret);
  check(answer, {
    status: 201,
    json: {
      apiKey: {
        name: 'Backend',
        environment: 'production',
        scopes: ['mint', 'introspect'],
        prefix: 'ara_live_',
        lastFour: secret.slice(-4),
        lastUsedAt: null,
        expiresAt: null,
        revokedAt: null,
      },
    },
  });
  assert.match(secret, /^ara_live_[0-9A-Za-z]{49}$/);
  const listed = await server.app.send({ path: '/api/v1/api-keys' });
  check(listed, {
    expected: ['Backend'],
    notExpected: [secret, secret.slice(9, 40), 'hash', '"secret"'],
  });
});

for (const [body, field] of [
  [{ environment: 'sandbox' }, 'name'],
  [{ name: '', environment: 'sandbox' }, 'name'],
  [{ name: 'x'.repeat(101), environment: 'sandbox' }, 'name'],
  [{ name: 'x' }, 'environment'],
  [{ name: 'x', environment: 'test' }, 'environment'],
  [{ name: 'x', environment: 'sandbox', scopes: [] }, 'scopes'],
  [{ name: 'x', environment: 'sandbox', scopes: ['admin'] }, 'scopes'],
  [{ name: 'x', environment: 'sandbox', scopes: 'mint' }, 'scopes'],
  [{ name: 'x', environment: 'sandbox', expiresAt: '2001-01-01T00:00:00Z' }, 'expiresAt'],
  [{ name: 'x', environment: 'sandbox', expiresAt: 'tomorrow' }, 'expiresAt'],
  [{ name: 'x', environment: 'sandbox', expiresAt: 4102444800 }, 'expiresAt'],
  [{ name: 'x', environment: 'sandbox', organization: 'org_x' }, 'organization'],
]) {
  scenario(server, `API key ${JSON.stringify(body).slice(0, 70)} is refused`, {
    send: post('/api/v1/api-keys', body),
    status: 400,
    problem: { code: 'invalid_body', field },
    notExpected: ['ara_'],
  });
}

scenario(server, 'a key with markup in its name is kept as text', {
  send: post('/api/v1/api-keys/key_x/revoke', { name: '<script>' }),
  status: 400,
  problem: { code: 'invalid_body', field: 'name' },
});

test('the command line prints the key and nothing else', async () => {
  const words = [
    'keys',
    'create',
    '--data-dir',
    server.dataDir,
    '--environment',
    'sandbox',
    '--name',
    'By hand',
  ];
  const { code, stdout, stderr } = await command(words);
  assert.equal(code, 0);
  assert.match(stdout, /^ara_sandbox_[0-9A-Za-z]{49}\n$/);
  assert.equal(stderr, '');
  await mint(server, {}, keepSecret(stdout.trim()));
  const { apiKeys } = await server.app.get('/api/v1/api-keys');
  assert.ok(apiKeys.some(({ name }) => name === 'By hand'));
});

for (const [name, words, code, said] of [
  ['an unknown environment', ['--environment', 'test', '--name', 'x'], 2, /environment/],
  ['no name', ['--environment', 'sandbox'], 2, /--name/],
  ['an empty name', ['--environment', 'sandbox', '--name', ''], 2, /name/],
  [
    'an unknown organization',
    ['--environment', 'sandbox', '--name', 'x', '--organization', 'Nobody'],
    1,
    /organization/,
  ],
]) {
  test(`keys create with ${name} prints no key`, async () => {
    const outcome = await command(['keys', 'create', '--data-dir', server.dataDir, ...words]);
    assert.equal(outcome.code, code);
    assert.equal(outcome.stdout, '');
    assert.match(outcome.stderr, said);
  });
}

test('an attribute can be registered once, listed and removed', async () => {
  const added = await server.app.addAttribute('region', 'string', { list: true, required: false });
  assert.deepEqual(
    { ...added, id: '' },
    { id: '', name: 'region', type: 'string', list: true, required: false },
  );
  const again = await server.app.send(
    post('/api/v1/token-attributes', { name: 'region', type: 'integer' }),
  );
  check(again, { status: 409, problem: { code: 'conflict', field: 'name' } });
  const { tokenAttributes } = await server.app.get('/api/v1/token-attributes');
  assert.deepEqual(
    tokenAttributes.map(({ name }) => name),
    ['region', 'state'],
  );
  const path = `/api/v1/token-attributes/${added.id}`;
  assert.equal((await server.app.remove(path)).status, 204);
  check(await server.app.remove(path), { status: 404, problem: { code: 'not_found' } });
});

for (const [body, field] of [
  [{ type: 'string' }, 'name'],
  [{ name: '', type: 'string' }, 'name'],
  [{ name: '1st', type: 'string' }, 'name'],
  [{ name: 'a b', type: 'string' }, 'name'],
  [{ name: "a'b", type: 'string' }, 'name'],
  [{ name: 'état', type: 'string' }, 'name'],
  [{ name: 'a\u0000b', type: 'string' }, 'name'],
  [{ name: 'x'.repeat(65), type: 'string' }, 'name'],
  [{ name: 'x' }, 'type'],
  [{ name: 'x', type: 'String' }, 'type'],
  [{ name: 'x', type: 'json' }, 'type'],
  [{ name: 'x', type: 'string', list: 'yes' }, 'list'],
  [{ name: 'x', type: 'string', required: 1 }, 'required'],
  [{ name: 'x', type: 'string', default: 'y' }, 'default'],
]) {
  scenario(server, `attribute ${JSON.stringify(body).slice(0, 60)} is refused`, {
    send: post('/api/v1/token-attributes', body),
    status: 400,
    problem: { code: 'invalid_body', field },
  });
}

logHoldsNoSecret();

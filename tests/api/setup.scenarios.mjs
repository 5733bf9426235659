// The first start: the set-up page's route, and the ways around it.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { command, temporaryFolder } from '../harness/aracari.mjs';
import { sessionOf, signedIn, signIn } from './support/app.mjs';
import { watchedServer } from './support/demo_server.mjs';
import { send } from './support/request.mjs';
import { check, scenario } from './support/scenario.mjs';
import { keepSecret, logHoldsNoSecret } from './support/secrets.mjs';

const server = await watchedServer({});
after(async () => {
  await server.stop();
  await server.remove();
});

const setupSecret = server.output().match(/set-up secret {2}(\S+)/)[1];
const password = keepSecret('correct horse battery');
const good = { setupSecret, organization: 'Example & Söhne', email: 'admin@example.com', password };
const noSession = { headers: { 'set-cookie': null }, notExpected: ['"user"', setupSecret] };

const request = (body) => ({ method: 'POST', path: '/api/v1/setup', body });

scenario(server, 'before set-up the session says so', {
  send: { path: '/api/v1/session' },
  json: { state: 'setup_required' },
  notExpected: [setupSecret, '"user"', '"organization"'],
});

scenario(server, 'nobody can sign in before set-up', {
  send: { method: 'POST', path: '/api/v1/session', body: { email: good.email, password } },
  status: 401,
  problem: { code: 'wrong_credentials' },
  ...noSession,
});

for (const secret of [
  'wrong',
  `${setupSecret}x`,
  setupSecret.slice(1),
  setupSecret.toUpperCase(),
]) {
  scenario(server, `a wrong set-up secret of ${secret.length} characters`, {
    send: request({ ...good, setupSecret: secret }),
    status: 401,
    problem: { code: 'setup_secret_wrong', field: 'setupSecret' },
    ...noSession,
  });
}

for (const [change, field] of [
  [{ setupSecret: undefined }, 'setupSecret'],
  [{ setupSecret: '' }, 'setupSecret'],
  [{ organization: '' }, 'organization'],
  [{ organization: 'x'.repeat(101) }, 'organization'],
  [{ organization: 7 }, 'organization'],
  [{ email: '' }, 'email'],
  [{ email: 'admin' }, 'email'],
  [{ email: '@example.com' }, 'email'],
  [{ email: 'admin@' }, 'email'],
  [{ email: 'a@b@example.com' }, 'email'],
  [{ email: 'a b@example.com' }, 'email'],
  [{ email: 'a@b.example\u0000' }, 'email'],
  [{ email: `${'a'.repeat(250)}@example.com` }, 'email'],
  [{ password: 'eleven char' }, 'password'],
  [{ password: '' }, 'password'],
  [{ password: 'ééééééé' }, 'password'],
  [{ password: 'x'.repeat(2000) }, 'password'],
  [{ role: 'admin' }, 'role'],
]) {
  scenario(server, `set-up with ${JSON.stringify(change).slice(0, 60)} names ${field}`, {
    send: request({ ...good, ...change }),
    status: 400,
    problem: { code: 'invalid_body', field },
    ...noSession,
  });
}

test('set-up makes the organization and signs its admin in', async () => {
  const answer = await send(server, request(good));
  check(answer, {
    status: 201,
    json: {
      state: 'signed_in',
      user: { email: 'admin@example.com', role: 'admin', initials: 'AD' },
      organization: { name: 'Example & Söhne' },
    },
    notExpected: [password, setupSecret],
  });
  const app = signedIn(server, keepSecret(sessionOf(answer)));
  assert.equal((await app.get('/api/v1/session')).state, 'signed_in');
  assert.deepEqual((await app.get('/api/v1/api-keys')).apiKeys, []);
});

for (const secret of [setupSecret, 'wrong']) {
  scenario(
    server,
    `a second set-up is refused (secret ${secret === 'wrong' ? 'wrong' : 'right'})`,
    {
      send: request({ ...good, setupSecret: secret, email: 'second@example.com' }),
      status: 409,
      problem: { code: 'setup_done' },
      ...noSession,
    },
  );
}

scenario(server, 'after set-up the session is signed out', {
  send: { path: '/api/v1/session' },
  json: { state: 'signed_out' },
  notExpected: ['"user"', '"organization"'],
});

test('two set-ups at the same moment: one wins', async () => {
  const fresh = await watchedServer({});
  const secret = fresh.output().match(/set-up secret {2}(\S+)/)[1];
  const answers = await Promise.all(
    ['a', 'b', 'c', 'd'].map((name) =>
      send(
        fresh,
        request({ ...good, setupSecret: secret, organization: name, email: `${name}@example.com` }),
      ),
    ),
  );
  for (const answer of answers) keepSecret(sessionOf(answer));
  const statuses = answers.map(({ status }) => status).sort();
  assert.deepEqual(statuses, [201, 409, 409, 409]);
  await fresh.stop();
  await fresh.remove();
});

test('a restart makes a new set-up secret, and the old one is dead', async () => {
  const dataDir = await temporaryFolder();
  const first = await watchedServer({ dataDir });
  const old = first.output().match(/set-up secret {2}(\S+)/)[1];
  await first.stop();
  const second = await watchedServer({ dataDir });
  check(await send(second, request({ ...good, setupSecret: old })), {
    status: 401,
    problem: { code: 'setup_secret_wrong', field: 'setupSecret' },
    ...noSession,
  });
  await second.stop();
  await second.remove();
});

test('ARACARI_ADMIN_EMAIL and ARACARI_ADMIN_PASSWORD make the admin instead, once', async () => {
  const env = {
    ARACARI_ADMIN_EMAIL: 'root@example.com',
    ARACARI_ADMIN_PASSWORD: keepSecret('from the environment'),
  };
  const first = await watchedServer({ env });
  assert.ok(!first.output().includes('set-up secret'));
  const account = { email: env.ARACARI_ADMIN_EMAIL, password: env.ARACARI_ADMIN_PASSWORD };
  const app = await signIn(first, account);
  assert.equal((await app.get('/api/v1/session')).user.role, 'admin');
  const { dataDir } = first;
  await first.stop();
  const changed = { ...env, ARACARI_ADMIN_PASSWORD: keepSecret('another password 2') };
  const second = await watchedServer({ dataDir, env: changed });
  await signIn(second, account);
  await second.stop();
  await second.remove();
});

for (const [name, env, words] of [
  ['email without password', { ARACARI_ADMIN_EMAIL: 'a@example.com' }, /admin-password/],
  ['password without email', { ARACARI_ADMIN_PASSWORD: 'correct horse battery' }, /admin-email/],
  [
    'a short password',
    { ARACARI_ADMIN_EMAIL: 'a@example.com', ARACARI_ADMIN_PASSWORD: 'short' },
    /12 characters/,
  ],
  [
    'no email',
    { ARACARI_ADMIN_EMAIL: 'a', ARACARI_ADMIN_PASSWORD: 'correct horse battery' },
    /email/,
  ],
]) {
  test(`the environment gives ${name}: the server says so and does not start`, async () => {
    const dataDir = await temporaryFolder();
    const { code, stdout, stderr } = await command(
      ['serve', '--data-dir', dataDir, '--port', '1'],
      { env },
    );
    assert.ok(code > 0, `${stdout}${stderr}`);
    assert.match(stderr, words);
    assert.equal(stderr.trim().split('\n').length, 1, stderr);
    assert.ok(!stderr.includes('correct horse'));
  });
}

test('the command line makes the organization and its first admin', async () => {
  const dataDir = await temporaryFolder();
  const create = (email, role, input, more = []) =>
    command(['users', 'create', '--data-dir', dataDir, '--email', email, '--role', role, ...more], {
      input,
    });
  const refused = async (outcome, words) => {
    const { code, stdout, stderr } = await outcome;
    assert.ok(code > 0);
    assert.equal(stdout, '');
    assert.match(stderr, words);
    assert.equal(stderr.trim().split('\n').length, 1, stderr);
  };
  await refused(create('a@example.com', 'maker', 'correct horse battery\n'), /role/);
  await refused(create('a@example.com', 'root', 'correct horse battery\n'), /role/);
  await refused(create('a@example.com', 'admin', ''), /password/);
  await refused(create('a@example.com', 'admin', 'short\n'), /password.*12/);
  await refused(create('a', 'admin', 'correct horse battery\n'), /email/);
  const made = await create('a@example.com', 'admin', `${password}\n`, [
    '--organization',
    'By hand',
  ]);
  assert.deepEqual([made.code, made.stdout], [0, '']);
  assert.ok(!made.stderr.includes(password));
  await refused(create('A@Example.com', 'maker', `${password}\n`), /email.*exists/);
  const own = await watchedServer({ dataDir });
  const app = await signIn(own, { email: 'A@EXAMPLE.com', password });
  assert.equal((await app.get('/api/v1/session')).organization.name, 'By hand');
  await own.stop();
  await own.remove();
});

logHoldsNoSecret();

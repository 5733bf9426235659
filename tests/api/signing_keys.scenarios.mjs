// Signing keys and the master key: the commands, the page's routes, and what a running server makes of both.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, cp, mkdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { command, freePort, program, temporaryFolder } from '../harness/aracari.mjs';
import { signedIn } from './support/app.mjs';
import { introspect } from './support/bad_token.mjs';
import { bearer, copyDemo, demoServer, mint, watchedServer } from './support/demo_server.mjs';
import { parts } from './support/jwt.mjs';
import { send } from './support/request.mjs';
import { check } from './support/scenario.mjs';
import { keepSecret, logHoldsNoSecret } from './support/secrets.mjs';

const server = await demoServer();
after(() => server.end());

const { app, dataDir } = server;
const signingKeys = (...words) => command(['signing-keys', ...words, '--data-dir', dataDir]);
const rotate = (environment, ...more) =>
  signingKeys('rotate', '--environment', environment, ...more);
const rotateByPage = (environment, mode) =>
  app.send({ method: 'POST', path: '/api/v1/signing-keys/rotate', body: { environment, mode } });
const keysOf = async (environment) =>
  (await app.get('/api/v1/signing-keys')).signingKeys.filter(
    (key) => key.environment === environment,
  );
const statusesOf = async (environment) =>
  (await keysOf(environment)).map(({ status }) => status).sort();
const published = async () =>
  (await send(server, { path: '/.well-known/jwks.json' })).json.keys.map(({ kid }) => kid);
const works = async (token) =>
  (await send(server, { path: '/api/v1/dashboards', headers: bearer(token) })).status === 200;
const noticed = () => new Promise((resolve) => setTimeout(resolve, 1000));

test('the public keys: what a verifier needs, cacheable, and nothing private', async () => {
  const answer = await send(server, { path: '/.well-known/jwks.json' });
  check(answer, { headers: { 'cache-control': 'public, max-age=300', 'set-cookie': null } });
  for (const key of answer.json.keys) {
    assert.deepEqual(Object.keys(key).sort(), ['alg', 'crv', 'kid', 'kty', 'use', 'x']);
    assert.deepEqual([key.alg, key.crv, key.kty, key.use], ['EdDSA', 'Ed25519', 'OKP', 'sig']);
  }
  const again = await send(server, {
    path: '/.well-known/jwks.json',
    headers: { 'if-none-match': answer.headers.etag },
  });
  assert.deepEqual([again.status, again.text], [304, '']);
});

test('a rotation by command publishes the next key; the old one signs on', async () => {
  const before = await server.mint({});
  const { kid } = parts(before).header;
  const outcome = await rotate('sandbox');
  assert.equal(outcome.code, 0, outcome.stderr);
  assert.match(outcome.stdout, /sandbox +next/);
  await noticed();
  assert.deepEqual(await statusesOf('sandbox'), ['active', 'next']);
  const next = (await keysOf('sandbox')).find(({ status }) => status === 'next');
  assert.ok((await published()).includes(next.id), 'published before it signs');
  assert.ok(Date.parse(next.activatesAt) - Date.now() > 300_000, 'longer than JWKS is cached');
  const fresh = await server.mint({});
  assert.equal(parts(fresh).header.kid, kid);
  assert.ok((await works(before)) && (await works(fresh)));
});

test('a second rotation while one is under way is refused, by page and by command', async () => {
  check(await rotateByPage('sandbox', 'overlap'), { status: 409, problem: { code: 'conflict' } });
  const outcome = await rotate('sandbox');
  assert.notEqual(outcome.code, 0);
  assert.equal(outcome.stderr.trim().split('\n').length, 1, outcome.stderr);
  assert.deepEqual(await statusesOf('sandbox'), ['active', 'next']);
});

test('an emergency rotation by command kills every token within a second, and after a restart', async () => {
  const doomed = await server.mint({});
  const live = await server.mint({}, server.keys.production);
  assert.ok(await works(doomed));
  const outcome = await rotate('sandbox', '--emergency');
  assert.equal(outcome.code, 0, outcome.stderr);
  await noticed();
  assert.equal(await works(doomed), false);
  assert.equal((await introspect(server, doomed)).text, '{"active":false}');
  assert.ok(!(await published()).includes(parts(doomed).header.kid), 'no longer published');
  assert.ok(await works(live), 'production lives on');
  const fresh = await server.mint({});
  assert.ok(await works(fresh));
  const second = await watchedServer({ dataDir });
  const [dead, alive] = await Promise.all(
    [doomed, fresh].map((token) =>
      send(second, { path: '/api/v1/dashboards', headers: bearer(token) }),
    ),
  );
  await second.stop();
  check(dead, { status: 401, problem: { code: 'token_unknown_key' } });
  assert.equal(alive.status, 200);
});

test('an emergency rotation by page kills at once', async () => {
  const doomed = await server.mint({}, server.keys.production);
  assert.ok(await works(doomed));
  assert.equal((await rotateByPage('production', 'emergency')).status, 201);
  check(await send(server, { path: '/api/v1/dashboards', headers: bearer(doomed) }), {
    status: 401,
    problem: { code: 'token_unknown_key' },
    notExpected: ['Departures'],
  });
  const told = await app.explain(doomed);
  assert.equal(told.active, false);
  assert.equal(told.signingKey.status, 'revoked');
});

for (const [body, field] of [
  [{ mode: 'overlap' }, 'environment'],
  [{ environment: 'both', mode: 'overlap' }, 'environment'],
  [{ environment: 'sandbox' }, 'mode'],
  [{ environment: 'sandbox', mode: 'now' }, 'mode'],
  [{ environment: 'sandbox', mode: 'emergency', all: true }, 'all'],
]) {
  test(`rotation with ${JSON.stringify(body)} is refused and changes nothing`, async () => {
    const before = await app.get('/api/v1/signing-keys');
    check(await app.send({ method: 'POST', path: '/api/v1/signing-keys/rotate', body }), {
      status: 400,
      problem: { code: 'invalid_body', field },
    });
    assert.deepEqual(await app.get('/api/v1/signing-keys'), before);
  });
}

test('signing-keys list tells what the page tells, and nothing private', async () => {
  const outcome = await signingKeys('list');
  assert.equal(outcome.code, 0, outcome.stderr);
  const { signingKeys: shown } = await app.get('/api/v1/signing-keys');
  for (const { id, environment, status } of shown) {
    assert.match(outcome.stdout, new RegExp(`${id}  ${environment} +${status}`));
  }
  assert.equal(outcome.stdout.trim().split('\n').length, shown.length);
  for (const words of [
    ['rotate', '--environment', 'both'],
    ['list', '--organization', 'None'],
  ]) {
    const refused = await signingKeys(...words);
    assert.notEqual(refused.code, 0);
    assert.equal(refused.stderr.trim().split('\n').length, 1, refused.stderr);
  }
});

// The master key.

const masterKey = (dir, words = [], options = {}) =>
  command(['master-key', 'rotate', '--data-dir', dir, ...words], options);
const fileOf = (dir) => join(dir, 'master.key');

test('the master key is not rotated under a running server', async () => {
  const before = await readFile(fileOf(dataDir), 'utf8');
  const outcome = await masterKey(dataDir);
  assert.notEqual(outcome.code, 0);
  assert.match(outcome.stderr, /server runs on this data directory/i);
  assert.equal(await readFile(fileOf(dataDir), 'utf8'), before);
  assert.ok(await works(await server.mint({})));
});

test('master-key rotate: everything works on, under another key, and the old one is dead', async () => {
  const own = await demoServer();
  const encrypting = await own.app.createKey({ environment: 'sandbox', tokenForm: 'encrypted' });
  const tokens = [await own.mint({}), await mint(own, {}, encrypting.secret)];
  const { session } = own.app;
  await own.stop();
  const before = await readFile(fileOf(own.dataDir), 'utf8');
  const database = await readFile(join(own.dataDir, 'aracari.db'));
  const outcome = await masterKey(own.dataDir);
  assert.equal(outcome.code, 0, outcome.stderr);
  const next = await readFile(fileOf(own.dataDir), 'utf8');
  keepSecret(before.trim());
  keepSecret(next.trim());
  assert.notEqual(next, before);
  assert.equal((await stat(fileOf(own.dataDir))).mode & 0o777, 0o600);
  assert.ok(!(outcome.stdout + outcome.stderr).includes(next.trim()), 'the key is printed nowhere');
  assert.notDeepEqual(await readFile(join(own.dataDir, 'aracari.db')), database);
  const again = await watchedServer({ dataDir: own.dataDir });
  for (const token of tokens) {
    assert.equal(
      (await send(again, { path: '/api/v1/dashboards', headers: bearer(token) })).status,
      200,
    );
  }
  assert.equal((await signedIn(again, session).get('/api/v1/session')).state, 'signed_in');
  await mint(again, {}, own.keys.sandbox);
  await again.stop();
  await writeFile(fileOf(own.dataDir), before);
  const refused = await startRefused(own.dataDir);
  assert.match(refused, /master key does not open/);
  await own.end();
});

test('a master key of the environment is rotated by standard input only', async () => {
  const { dataDir: dir } = await copyDemo();
  const [first, second] = [1, 2].map((byte) =>
    keepSecret(Buffer.alloc(32, byte).toString('base64url')),
  );
  const file = (await readFile(fileOf(dir), 'utf8')).trim();
  const env = { ARACARI_MASTER_KEY: file };
  await rm(fileOf(dir));
  for (const [input, words] of [
    ['', []],
    ['short\n', ['--from-stdin']],
    [`${file}\n`, ['--from-stdin']],
    ['', ['--from-stdin']],
  ]) {
    const outcome = await masterKey(dir, words, { env, input });
    assert.notEqual(outcome.code, 0, `${words} ${input}`);
    assert.equal(outcome.stderr.trim().split('\n').length, 1, outcome.stderr);
    assert.ok(!outcome.stderr.includes(file));
  }
  assert.equal((await masterKey(dir, ['--from-stdin'], { env, input: `${first}\n` })).code, 0);
  assert.match(await startRefused(dir, env), /master key does not open/);
  assert.match(await startRefused(dir, { ARACARI_MASTER_KEY: second }), /master key does not open/);
  const right = await watchedServer({ dataDir: dir, env: { ARACARI_MASTER_KEY: first } });
  await right.stop();
  await rm(dirname(dir), { recursive: true });
});

/** Starts a server that must refuse with one line and nothing changed; gives the line. */
async function startRefused(dir, env = {}, launcher = [], wantedCode = 2) {
  const before = await contentsOf(dir);
  const words = [program, 'serve', '--data-dir', dir, '--port', String(await freePort())];
  const [name, ...rest] = [...launcher, ...words];
  const child = spawn(name, rest, { env: { ...process.env, ...env } });
  let said = '';
  let printed = '';
  child.stderr.on('data', (bytes) => (said += bytes));
  child.stdout.on('data', (bytes) => (printed += bytes));
  const timer = setTimeout(() => child.kill('SIGKILL'), 20_000);
  const [code] = await once(child, 'close');
  clearTimeout(timer);
  assert.equal(code, wantedCode, said);
  assert.equal(said.trim().split('\n').length, 1, said);
  assert.doesNotMatch(said, /terminate|exception|\.cc|errno/i);
  assert.doesNotMatch(printed, /ready/);
  assert.deepEqual(await contentsOf(dir), before, 'nothing was changed');
  return said;
}

async function contentsOf(dir) {
  const read = (name) => readFile(join(dir, name)).catch(() => null);
  return [await read('master.key'), await read('aracari.db')];
}

for (const [name, change, said] of [
  ['of mode 0644', (file) => chmod(file, 0o644), /open to other users.*chmod 600 master\.key/],
  ['that is empty', (file) => truncate(file, 0), /master key must be 32 bytes/],
  ['that is truncated', (file) => truncate(file, 20), /master key must be 32 bytes/],
  ['that is too long', (file) => writeFile(file, 'A'.repeat(86)), /master key must be 32 bytes/],
  [
    'that is not base64url',
    (file) => writeFile(file, '!'.repeat(43)),
    /master key must be 32 bytes/,
  ],
  [
    'of another server',
    (file) => writeFile(file, Buffer.alloc(32, 9).toString('base64url')),
    /master key does not open/,
  ],
  ['that is gone', (file) => rm(file), /master key file is missing/],
]) {
  test(`a master key file ${name}: a clear refusal to start`, async () => {
    const { dataDir: dir } = await copyDemo();
    const key = (await readFile(fileOf(dir), 'utf8')).trim();
    await change(fileOf(dir));
    const line = await startRefused(dir);
    assert.match(line, said);
    assert.ok(!line.includes(key));
    await rm(dirname(dir), { recursive: true });
  });
}

const nobody = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups', '--'];
const canBecomeNobody = await new Promise((resolve) => {
  const [name, ...rest] = nobody;
  const child = spawn(name, [...rest, program, '--version'], { stdio: 'ignore' });
  child.on('error', () => resolve(false));
  child.on('exit', (code) => resolve(code === 0));
});

test(
  'a master key file that may not be read: a clear refusal to start',
  { skip: canBecomeNobody ? false : 'needs root, setpriv and a program that all may run' },
  async () => {
    const { dataDir: source } = await copyDemo();
    const open = join(await temporaryFolder(), 'data');
    await mkdir(open, { recursive: true });
    for (const name of ['aracari.db', 'master.key']) await cp(join(source, name), join(open, name));
    // Folders of this run alone: nobody has to get through them.
    const own = [dirname(open), dirname(dirname(open))].filter((path) =>
      basename(path).startsWith('aracari-test-'),
    );
    for (const path of own) await chmod(path, 0o755);
    await chmod(open, 0o777);
    await chmod(join(open, 'aracari.db'), 0o666);
    await chmod(fileOf(open), 0);
    const line = await startRefused(open, {}, nobody, 1);
    assert.match(line, /master key file can not be read: Permission denied/);
    await rm(dirname(open), { recursive: true });
    await rm(dirname(source), { recursive: true });
  },
);

logHoldsNoSecret();

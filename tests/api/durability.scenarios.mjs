// Stops, crashes, damaged files and a full disk: nothing that was acknowledged is lost, and the
// server goes on.

import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { connect } from 'node:net';
import { copyFile, mkdir, readdir, rm, truncate, unlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { command, freePort, temporaryFolder } from '../harness/aracari.mjs';
import { signedIn, signIn } from './support/app.mjs';
import {
  bearer,
  copyDemo,
  demoServer,
  mint,
  readCharts,
  watchedServer,
} from './support/demo_server.mjs';
import { send } from './support/request.mjs';
import { check } from './support/scenario.mjs';
import { keepSecret, logHoldsNoSecret } from './support/secrets.mjs';

const user = { attributes: { state: 'TX' } };

/** Opens a connection and sends a request's head, so that it is running when the server stops. */
function beginRequest(server, path, headers, body) {
  const lines = Object.entries({ host: 'localhost', ...headers }).map(
    ([name, value]) => `${name}: ${value}\r\n`,
  );
  const socket = connect(server.port, '127.0.0.1');
  let answer = '';
  socket.on('data', (bytes) => (answer += bytes));
  const done = new Promise((resolve) => socket.on('close', () => resolve(answer)));
  socket.on('error', () => {});
  socket.write(`POST ${path} HTTP/1.1\r\n${lines.join('')}content-length: ${body.length}\r\n\r\n`);
  return { finish: () => socket.write(body), done };
}

/** New connections are refused, within a few seconds. */
async function assertStopsListening(server) {
  for (let tries = 0; tries < 100; tries += 1) {
    const refused = await send(server, { path: '/healthz' }).then(
      () => false,
      () => true,
    );
    if (refused) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  assert.fail('the server still listens');
}

test('SIGTERM lets a running request end and then exits with 0', async () => {
  const server = await demoServer();
  const headers = { ...bearer(await server.mint({ user })), 'content-type': 'application/json' };
  const request = beginRequest(
    server,
    `/api/v1/dashboards/${server.dashboard}/data`,
    headers,
    '{}',
  );
  await send(server, { path: '/healthz' });
  const stopped = server.stop('SIGTERM');
  await assertStopsListening(server);
  request.finish();
  const answer = await request.done;
  assert.match(answer, /^HTTP\/1\.1 200 /);
  assert.match(answer, /\{"end":true,"charts":8\}/);
  assert.deepEqual(await stopped, { code: 0, signal: null });
  assert.match(server.output(), /"event":"stopped"/);
  await server.end();
});

test('a client that never ends its request does not hold the server longer than drain-seconds', async () => {
  const server = await demoServer({ args: ['--drain-seconds', '1'] });
  beginRequest(server, '/api/v1/session', { 'content-type': 'application/json' }, '{}');
  await send(server, { path: '/healthz' });
  const began = Date.now();
  assert.deepEqual(await server.stop('SIGTERM'), { code: 0, signal: null });
  assert.ok(Date.now() - began < 4000, 'stopped after its second');
  await server.end();
});

test('after kill -9 every acknowledged change is there', async () => {
  const server = await demoServer();
  const kept = await server.app.createKey({ environment: 'sandbox', name: 'Kept' });
  const revoked = await server.app.createKey({ environment: 'sandbox', name: 'Revoked' });
  const doomed = await mint(server, {}, revoked.secret);
  await server.app.addOrigin('https://app.example.com', 'production');
  await server.app.revokeKey(revoked.id);
  await server.kill();
  const again = await watchedServer({ dataDir: server.dataDir });
  const app = signedIn(again, server.app.session);
  const { apiKeys } = await app.get('/api/v1/api-keys');
  const revokedAt = (name) => apiKeys.find((key) => key.name === name).revokedAt;
  assert.equal(revokedAt('Kept'), null);
  assert.ok(revokedAt('Revoked'));
  assert.equal((await app.get('/api/v1/authorized-origins')).authorizedOrigins.length, 1);
  await mint(again, {}, kept.secret);
  check(await send(again, { path: '/api/v1/dashboards', headers: bearer(doomed) }), {
    status: 401,
    problem: { code: 'token_key_revoked' },
  });
  await again.stop();
  await server.end();
});

test('kill -9 during a stream of changes: what was acknowledged is there, and the file is sound', async () => {
  const server = await demoServer();
  const acknowledged = [];
  const work = (async () => {
    for (;;) {
      const key = await server.app.createKey({
        environment: 'sandbox',
        name: `Key ${acknowledged.length}`,
      });
      acknowledged.push(key.id);
    }
  })().catch(() => {});
  while (acknowledged.length < 20) await new Promise((resolve) => setTimeout(resolve, 5));
  await server.kill();
  await work;
  const again = await watchedServer({ dataDir: server.dataDir });
  const { apiKeys } = await signedIn(again, server.app.session).get('/api/v1/api-keys');
  const ids = new Set(apiKeys.map(({ id }) => id));
  for (const id of acknowledged) assert.ok(ids.has(id), id);
  await again.stop();
  await server.end();
});

for (const [name, damage] of [
  ['missing', (file) => unlink(file)],
  ['empty', async (file) => (await unlink(file), writeFile(file, ''))],
  ['text', async (file) => (await unlink(file), writeFile(file, 'not a database '.repeat(1000)))],
  [
    'cut in half',
    async (file) => {
      await copyFile(file, `${file}.copy`);
      await unlink(file);
      await copyFile(`${file}.copy`, file);
      await truncate(file, 20_000_000);
    },
  ],
]) {
  test(`the customer’s database file is ${name}: each chart says so, the rest works`, async () => {
    const { dataDir, account } = await copyDemo();
    await damage(join(dataDir, 'databases/us-flights.duckdb'));
    const server = await watchedServer({ dataDir });
    const app = await signIn(server, account);
    const key = await app.createKey({ environment: 'sandbox' });
    const [{ id }] = (await app.get('/api/v1/dashboards')).dashboards;
    const token = await mint(server, { user }, key.secret);
    const { charts, text } = await readCharts(server, id, bearer(token));
    assert.equal(charts.length, 8);
    for (const { error } of charts) assert.equal(error?.code, 'source_unavailable');
    assert.doesNotMatch(text, /duckdb|\/tmp|databases|us-flights|IO Error|Exception/i);
    check(await send(server, { path: `/api/v1/dashboards/${id}`, headers: bearer(token) }), {
      json: { name: 'Departures' },
    });
    assert.match(server.output(), /source_unavailable/, 'the log tells the operator');
    await server.stop();
    await rm(dirname(dataDir), { recursive: true });
  });
}

// A full disk: a small file system of our own, filled to the last byte.
const mountPoint = join(await temporaryFolder(), 'small');
await mkdir(mountPoint);
const options = ['-t', 'tmpfs', '-o', 'size=4m,mode=700', 'tmpfs', mountPoint];
const mounted = spawnSync('mount', options).status === 0;
after(async () => {
  if (mounted) execFileSync('umount', [mountPoint]);
  await rm(dirname(mountPoint), { recursive: true, force: true });
});

test(
  'a full disk: writes are refused clearly, reads and minting go on, and it recovers',
  {
    skip: mounted ? false : 'needs the right to mount a tmpfs',
  },
  async () => {
    const dataDir = join(mountPoint, 'data');
    const account = { email: 'admin@example.com', password: keepSecret('correct horse battery') };
    const env = { ARACARI_ADMIN_EMAIL: account.email, ARACARI_ADMIN_PASSWORD: account.password };
    const server = await watchedServer({ dataDir, env });
    const app = await signIn(server, account);
    const key = await app.createKey({ environment: 'sandbox', name: 'Before' });
    spawnSync('dd', ['if=/dev/zero', `of=${join(mountPoint, 'ballast')}`, 'bs=4k']);

    const refused = {
      problem: { code: 'storage_full' },
      status: 507,
      notExpected: ['ara_', '"apiKey"'],
    };
    const create = (name) =>
      app.send({
        method: 'POST',
        path: '/api/v1/api-keys',
        body: { name, environment: 'sandbox' },
      });
    let acknowledged = 1;
    let answer = await create('Until full');
    for (; answer.status === 201 && acknowledged < 2000; answer = await create('Until full')) {
      keepSecret(answer.json.secret);
      acknowledged += 1;
    }
    check(answer, refused);
    check(await create('Still full'), refused);
    check(await app.send({ method: 'POST', path: `/api/v1/api-keys/${key.id}/revoke`, body: {} }), {
      problem: { code: 'storage_full' },
      status: 507,
    });
    assert.equal((await app.get('/api/v1/api-keys')).apiKeys.length, acknowledged);
    await mint(server, {}, key.secret);
    assert.equal((await send(server, { path: '/healthz' })).status, 200);
    const byHand = [
      'keys',
      'create',
      '--data-dir',
      dataDir,
      '--environment',
      'sandbox',
      '--name',
      'x',
    ];
    const outcome = await command(byHand);
    assert.equal(outcome.code, 1);
    assert.equal(outcome.stdout, '', 'no key that was not kept');
    assert.match(outcome.stderr, /disk is full|could not store/i);

    await rm(join(mountPoint, 'ballast'));
    const after = await create('After');
    assert.equal(after.status, 201, after.text);
    keepSecret(after.json.secret);
    await app.revokeKey(key.id);
    await server.kill();
    const again = await watchedServer({ dataDir });
    const { apiKeys } = await signedIn(again, app.session).get('/api/v1/api-keys');
    assert.equal(apiKeys.length, acknowledged + 1);
    assert.ok(apiKeys.find(({ name }) => name === 'Before').revokedAt);
    await again.stop();
  },
);

test(
  'the demo on a full disk says so and leaves nothing half',
  { skip: mounted ? false : 'needs the right to mount a tmpfs' },
  async () => {
    const dataDir = join(mountPoint, 'demo');
    const port = String(await freePort());
    const words = ['serve', '--data-dir', dataDir, '--port', port, '--demo'];
    const { code, stdout, stderr } = await command(words);
    assert.equal(code, 1);
    assert.equal(stderr, 'aracari: The disk is full.\n');
    assert.doesNotMatch(stdout, /ready|Demo admin/);
    assert.deepEqual(await readdir(join(dataDir, 'databases')), []);
  },
);

test('the time until the server is ready, for the record', async () => {
  const { dataDir } = await copyDemo();
  const began = performance.now();
  const server = await watchedServer({ dataDir });
  console.log(`     ready after at most ${Math.ceil(performance.now() - began)} ms`);
  await server.stop();
  await rm(dirname(dataDir), { recursive: true });
});

logHoldsNoSecret();

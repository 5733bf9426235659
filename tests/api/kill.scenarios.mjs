// kill -9 at random moments of create, roll, revoke (key, token, end user, environment), rotation with overlap, emergency
// rotation and rotation of the master key: after each restart no acknowledged change is lost, and no half change exists.
// ARACARI_KILLS says how often (default 40; the full run is 200, and takes about two minutes).

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { command, freePort, program, temporaryFolder } from '../harness/aracari.mjs';
import { signedIn, signIn } from './support/app.mjs';
import { bearer, watchedServer } from './support/demo_server.mjs';
import { send } from './support/request.mjs';
import { keepSecret, logHoldsNoSecret } from './support/secrets.mjs';

const kills = Number(process.env.ARACARI_KILLS ?? 40);
const limitMilliseconds = Math.min(20_000 + kills * 2_000, 230_000);
const account = { email: 'admin@kill.example', password: 'a password to kill 1' };
const environment = 'sandbox';

// A failed expectation must not leave a server behind that keeps the run from ending.
let server;
after(() => server?.kill());

const moment = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Each makes one change and gives what was acknowledged. `app` is a signed-in admin. */
const changes = [
  async function createAndRevoke(app, done) {
    const key = await app.createKey({ environment });
    done.push({ created: key.id });
    await app.revokeKey(key.id);
    return [{ revokedKey: key.id }];
  },
  async function createAndRoll(app, done) {
    const key = await app.createKey({ environment });
    done.push({ created: key.id });
    const rolled = await app.post(`/api/v1/api-keys/${key.id}/roll`, { overlapSeconds: 60 });
    keepSecret(rolled.secret);
    return [{ rolled: key.id, to: rolled.apiKey.id }];
  },
  async function revokeToken(app, done, { at, minter }) {
    const token = await mintUnlessJustRevoked(at, minter);
    if (token === null) return [];
    const { revocation } = await app.post('/api/v1/revocations', { kind: 'token', token });
    return [{ revocation, token }];
  },
  async function revokeEndUser(app, done, { count }) {
    const body = { kind: 'end_user', environment, subject: `user-${count}` };
    return [await app.post('/api/v1/revocations', body)];
  },
  async function revokeEnvironment(app) {
    const body = { kind: 'environment', environment };
    return [await app.post('/api/v1/revocations', body)];
  },
  async function rotateWithOverlap(app) {
    const answer = await rotate(app, 'overlap');
    // The key of the rotation before does not sign yet.
    if (answer.status === 409) return [];
    return [{ published: newestKey(answer.json, 'next') }];
  },
  async function rotateInEmergency(app) {
    const answer = await rotate(app, 'emergency');
    return [{ rotated: newestKey(answer.json, 'active') }];
  },
];

/** Null in the second of a revocation, where nothing is minted that would be dead. */
async function mintUnlessJustRevoked(at, minter) {
  const answer = await send(at, {
    method: 'POST',
    path: '/embed/generate-token',
    headers: { 'x-api-key': minter },
    body: { user: { distinctId: 'user-1' } },
  });
  if (answer.status === 503 && answer.headers['retry-after'] === '1') return null;
  assert.equal(answer.status, 200, answer.text);
  return keepSecret(answer.json.token);
}

function rotate(app, mode) {
  const body = { environment, mode };
  return app.send({ method: 'POST', path: '/api/v1/signing-keys/rotate', body });
}

function newestKey({ signingKeys }, status) {
  return signingKeys.find((key) => key.environment === environment && key.status === status).id;
}

/**
 * Changes one thing after the other, all acknowledged ones into `done`, until the server is killed:
 * at a moment after 0, 1 or 2 changes, however busy the machine is.
 */
async function changeUntilKilled(app, done, minter, round) {
  let killed;
  for (let step = 0; ; step += 1) {
    if (step === round % 3) killed = moment(Math.random() * 60).then(() => server.kill());
    const change = changes[(round + step) % changes.length];
    const count = round * 100 + step;
    const outcome = await change(app, done, { at: server, minter, count }).then(
      (facts) => done.push(...facts) && null,
      (failure) => failure,
    );
    if (outcome === null) continue;
    assert.ok(outcome.code, `only a lost connection ends the changes: ${outcome.stack}`);
    assert.notEqual(outcome.code, 'ERR_ASSERTION', outcome.stack);
    break;
  }
  await killed;
}

/** Runs the program and kills it after a moment, unless it was quicker. */
async function runAndKill(words, milliseconds) {
  const child = spawn(program, words, { stdio: 'ignore' });
  const ended = once(child, 'exit');
  await Promise.race([moment(milliseconds), ended]);
  child.kill('SIGKILL');
  await ended;
}

/** What the database holds, read beside the program. */
function readStored(dataDir) {
  const database = new DatabaseSync(join(dataDir, 'aracari.db'), { readOnly: true });
  const all = (sql) => database.prepare(sql).all();
  const stored = {
    keys: new Map(
      all('SELECT id, revoked_at, rolled_to_id, expires_at FROM api_keys').map((key) => [
        key.id,
        key,
      ]),
    ),
    signing: new Map(
      all("SELECT id, revoked_at FROM signing_keys WHERE environment = 'sandbox'").map((key) => [
        key.id,
        key,
      ]),
    ),
    revocations: new Map(
      all('SELECT kind, subject, revoked_at FROM revocations').map((row) => [
        `${row.kind} ${row.subject}`,
        row.revoked_at * 1000,
      ]),
    ),
    audited: all('SELECT action, subject_kind, subject_id, environment FROM audit_events'),
    broken: all('PRAGMA integrity_check').filter(({ integrity_check: text }) => text !== 'ok'),
  };
  database.close();
  return stored;
}

/** A later one of the same subject takes the place of an earlier one. */
function assertRevocationKept(revocations, { kind, subject, revokedAt }) {
  const at = revocations.get(`${kind} ${subject ?? ''}`);
  assert.ok(at >= Date.parse(revokedAt), `the revocation of ${kind} ${subject} is lost`);
}

function assertKept({ keys, signing, revocations }, done) {
  const emergencies = done.filter(({ rotated }) => rotated);
  for (const fact of done) {
    if (fact.created) assert.ok(keys.has(fact.created), `created ${fact.created} is lost`);
    if (fact.revokedKey)
      assert.ok(keys.get(fact.revokedKey).revoked_at, `${fact.revokedKey} lives`);
    if (fact.rolled) assert.equal(keys.get(fact.rolled).rolled_to_id, fact.to, 'a roll is lost');
    if (fact.revocation) assertRevocationKept(revocations, fact.revocation);
    const made = fact.published ?? fact.rotated;
    if (made) assert.ok(signing.has(made), `signing key ${made} is lost`);
  }
  const last = done.indexOf(emergencies.at(-1));
  for (const { published, rotated } of done.slice(0, Math.max(last, 0))) {
    const ended = published ?? rotated;
    if (ended) assert.ok(signing.get(ended).revoked_at, `${ended} should have ended`);
  }
}

function assertWhole({ keys, signing, revocations, audited, broken }) {
  assert.deepEqual(broken, []);
  const count = (...actions) =>
    audited.filter((event) => actions.includes(event.action) && event.environment === environment)
      .length;
  const has = (action, id) =>
    audited.some((event) => event.action === action && event.subject_id === id);
  const successors = new Set([...keys.values()].map((key) => key.rolled_to_id));
  for (const [id, key] of keys) {
    assert.ok(has('api_key.created', id) || successors.has(id), `half a key ${id}`);
    assert.equal(has('api_key.revoked', id), key.revoked_at !== null, `half a revocation of ${id}`);
    assert.equal(has('api_key.rolled', id), key.rolled_to_id !== null, `half a roll of ${id}`);
    if (key.rolled_to_id === null) continue;
    assert.ok(keys.has(key.rolled_to_id) && key.expires_at, `half a roll of ${id}`);
  }
  const revoked = audited.filter(({ action }) => action === 'revocation.created');
  const subjects = new Set(
    revoked.map((event) => `${event.subject_kind} ${event.subject_id ?? ''}`),
  );
  assert.deepEqual(new Set(revocations.keys()), subjects, 'a revocation without its event');
  const rotations = count('signing_key.rotated', 'signing_key.emergency_rotated');
  assert.equal(signing.size - 1, rotations, 'a rotation without its event');
  const living = [...signing.values()].filter((key) => key.revoked_at === null).length;
  assert.ok(living === 1 || living === 2, `${living} keys: one signs, one may be next`);
}

/** The running server does what is stored: it mints, believes that, and believes nothing revoked. */
async function assertWorks(app, done, minter) {
  let token = await mintUnlessJustRevoked(server, minter);
  for (let tries = 0; token === null && tries < 30; tries += 1) {
    await moment(100);
    token = await mintUnlessJustRevoked(server, minter);
  }
  const answer = await send(server, { path: '/api/v1/dashboards', headers: bearer(token) });
  assert.equal(answer.status, 200, `a new token works: ${answer.text}`);
  const dead = done.findLast((fact) => fact.token)?.token;
  if (dead) assert.equal((await app.explain(dead)).active, false, 'a revoked token is dead');
}

test(`kill -9 ${kills} times`, { timeout: limitMilliseconds }, async () => {
  const dataDir = join(await temporaryFolder(), 'data');
  const env = { ARACARI_ADMIN_EMAIL: account.email, ARACARI_ADMIN_PASSWORD: account.password };
  server = await watchedServer({ dataDir, env });
  const { session, createKey } = await signIn(server, account);
  const { secret: minter } = await createKey({ environment });
  const done = [];
  const start = ['serve', '--data-dir', dataDir, '--port', String(await freePort())];
  for (let round = 0; round < kills; round += 1) {
    if (round % 4 === 3) {
      await server.stop();
      await runAndKill(['master-key', 'rotate', '--data-dir', dataDir], Math.random() * 40);
    } else {
      await changeUntilKilled(signedIn(server, session), done, minter, round);
    }
    // The start heals what was cut off, and may be cut off itself.
    if (round % 5 === 4) await runAndKill(start, Math.random() * 40);
    server = await watchedServer({ dataDir });
    const app = signedIn(server, session);
    if (round % 5 === 0) await assertWorks(app, done, minter);
    if (round % 10 !== 9 && round !== kills - 1) continue;
    const stored = readStored(dataDir);
    assertKept(stored, done);
    assertWhole(stored);
  }
  assert.ok(done.length >= kills / 4, `${done.length} changes were acknowledged`);
  await assertWorks(signedIn(server, session), done, minter);
  await server.stop();
  const again = await command(['master-key', 'rotate', '--data-dir', dataDir]);
  assert.equal(again.code, 0, again.stderr);
});

logHoldsNoSecret();

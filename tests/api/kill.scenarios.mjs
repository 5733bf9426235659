// kill -9 at random moments of create, roll, revoke and emergency rotation, 200 times: after each
// restart no acknowledged change is lost, and no half change exists.

import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryFolder } from '../harness/aracari.mjs';
import { signedIn, signIn } from './support/app.mjs';
import { watchedServer } from './support/demo_server.mjs';
import { keepSecret, logHoldsNoSecret } from './support/secrets.mjs';

const rounds = 200;
const account = { email: 'admin@kill.example', password: 'a password to kill 1' };

/** One change a call, forever; what was acknowledged goes into `done`. */
async function change(app, done, count) {
  const { apiKey } = await app.post('/api/v1/api-keys', {
    name: `Key ${count}`,
    environment: 'sandbox',
  });
  done.push({ created: apiKey.id });
  if (count % 3 === 0) {
    await app.post(`/api/v1/api-keys/${apiKey.id}/revoke`, {});
    done.push({ revoked: apiKey.id });
  } else if (count % 3 === 1) {
    const rolled = await app.post(`/api/v1/api-keys/${apiKey.id}/roll`, { overlapSeconds: 60 });
    done.push({ rolled: apiKey.id, to: rolled.apiKey.id });
  } else {
    const { signingKeys } = await app.post('/api/v1/signing-keys/rotate', {
      environment: 'sandbox',
      mode: 'emergency',
    });
    const signs = ({ environment, status }) => environment === 'sandbox' && status === 'active';
    done.push({ rotated: signingKeys.find(signs).id });
  }
}

async function changeUntilKilled(server, app, done, round) {
  const killed = new Promise((resolve) =>
    setTimeout(() => resolve(server.kill()), Math.random() * 60),
  );
  for (let step = 0; ; step += 1) {
    const outcome = await change(app, done, round * 7 + step).then(
      () => null,
      (failure) => failure,
    );
    if (outcome === null) continue;
    assert.ok(outcome.code, `only a lost connection ends the changes: ${outcome.stack}`);
    break;
  }
  await killed;
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
    signing: all("SELECT id, revoked_at FROM signing_keys WHERE environment = 'sandbox'"),
    audited: new Set(
      all('SELECT action, subject_id FROM audit_events').map(
        ({ action, subject_id: subject }) => `${action} ${subject}`,
      ),
    ),
    broken: all('PRAGMA integrity_check').filter(({ integrity_check: text }) => text !== 'ok'),
  };
  database.close();
  return stored;
}

function assertKept({ keys, signing, audited }, done) {
  const rotated = done.flatMap((fact) => fact.rotated ?? []);
  for (const { created, revoked, rolled, to } of done) {
    if (created) assert.ok(keys.has(created), `created ${created} is lost`);
    if (revoked) assert.ok(keys.get(revoked).revoked_at, `revoked ${revoked} is lost`);
    if (rolled) assert.equal(keys.get(rolled).rolled_to_id, to, `rolled ${rolled} is lost`);
    if (revoked) assert.ok(audited.has(`api_key.revoked ${revoked}`));
  }
  for (const id of rotated)
    assert.ok(
      signing.some((key) => key.id === id),
      `${id} is lost`,
    );
  for (const id of rotated.slice(0, -1)) {
    assert.ok(signing.find((key) => key.id === id).revoked_at, `${id} should have ended`);
  }
}

function assertWhole({ keys, signing, audited, broken }) {
  assert.deepEqual(broken, []);
  for (const [id, key] of keys) {
    const successorOf = [...keys.values()].find((old) => old.rolled_to_id === id);
    assert.ok(audited.has(`api_key.created ${id}`) || successorOf, `half a key ${id}`);
    if (key.rolled_to_id === null) continue;
    assert.ok(keys.has(key.rolled_to_id) && key.expires_at, `half a roll of ${id}`);
    assert.ok(audited.has(`api_key.rolled ${id}`), `a roll without its audit event`);
  }
  assert.equal(signing.filter((key) => key.revoked_at === null).length, 1, 'one key signs');
}

test(`kill -9 ${rounds} times`, { timeout: 230_000 }, async () => {
  const dataDir = join(await temporaryFolder(), 'data');
  const env = { ARACARI_ADMIN_EMAIL: account.email, ARACARI_ADMIN_PASSWORD: account.password };
  let server = await watchedServer({ dataDir, env });
  const { session } = await signIn(server, account);
  keepSecret(session);
  const done = [];
  for (let round = 0; round < rounds; round += 1) {
    await changeUntilKilled(server, signedIn(server, session), done, round);
    server = await watchedServer({ dataDir });
    if (round % 10 !== 9) continue;
    const stored = readStored(dataDir);
    assertKept(stored, done);
    assertWhole(stored);
  }
  assert.ok(done.length > rounds, `${done.length} changes were acknowledged`);
  const { apiKeys } = await signedIn(server, session).get('/api/v1/api-keys');
  assert.ok(apiKeys.length > 0);
  await server.stop();
});

logHoldsNoSecret();

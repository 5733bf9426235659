// Measures what tokens and keys cost while few and while very many are stored, and whether refusals differ in time where
// secrets are compared; rewrites the part "Tokens" of bench/RESULTS.md. bench/run calls it. Every answer is checked.

import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import http from 'node:http';

import { command, serve, temporaryFolder } from '../tests/harness/aracari.mjs';
import {
  ask,
  coreBenchmarks,
  here,
  httpHead,
  httpRow,
  load,
  makeKey,
  median,
  microseconds,
  mintBody,
  serveOnOneCore,
  table,
  whole,
} from './support.mjs';

const manyRevocations = 1_000_000;
const manyKeys = 100_000;
/** More than the server remembers, so that each is new when its turn comes again. */
const coldTokens = 21_000;
const signIns = 12;

/** Rows as the server writes them, beside the server. */
function fill(dataDir, { revocations = 0, keys = 0 }) {
  const database = new DatabaseSync(join(dataDir, 'aracari.db'));
  const [{ id: organization }] = database.prepare('SELECT id FROM organizations').all();
  const now = Math.floor(Date.now() / 1000);
  database.exec('BEGIN');
  const revoke = database.prepare(
    `INSERT INTO revocations (organization_id, environment, kind, subject, id, revoked_at, until, revoked_by, reason)
     VALUES (?, 'sandbox', 'token', ?, ?, ?, ?, 'bench', '')`,
  );
  for (let i = 0; i < revocations; i += 1) {
    const subject = randomBytes(16).toString('base64url');
    revoke.run(organization, subject, `rev_${subject}`, now - 3600, now + 86_400);
  }
  const add = database.prepare(
    `INSERT INTO api_keys (organization_id, id, name, environment, scopes, secret_hash, last_four, created_at, limits)
     SELECT organization_id, ?, 'Bench', environment, scopes, ?, 'xxxx', created_at, limits FROM api_keys LIMIT 1`,
  );
  for (let i = 0; i < keys; i += 1) {
    add.run(`key_${randomBytes(12).toString('hex')}`, randomBytes(32).toString('base64url'));
  }
  database.exec('COMMIT');
  const count = (name) => database.prepare(`SELECT count(*) AS n FROM ${name}`).get().n;
  const stored = { revocations: count('revocations'), keys: count('api_keys') };
  database.close();
  assert.ok(stored.revocations >= revocations && stored.keys >= keys);
  return stored;
}

/** Forms with different tokens, one a line. */
async function writeTokens(server, key, file) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 32 });
  const { port } = new URL(server.url);
  const mint = () =>
    new Promise((resolve, reject) => {
      const headers = { 'x-api-key': key, 'content-type': 'application/json' };
      const options = { port, agent, method: 'POST', path: '/embed/generate-token', headers };
      const request = http.request(options, (response) => {
        let text = '';
        response.on('data', (bytes) => (text += bytes));
        response.on('end', () => resolve(JSON.parse(text).token));
      });
      request.on('error', reject);
      request.end(mintBody);
    });
  const lines = [];
  while (lines.length < coldTokens) {
    const tokens = await Promise.all(Array.from({ length: 32 }, mint));
    lines.push(...tokens.map((token) => `token=${token}`));
  }
  agent.destroy();
  assert.equal(new Set(lines).size, lines.length);
  await writeFile(file, `${lines.join('\n')}\n`);
}

async function loads(dataDir, key, encryptingKey, folder) {
  const server = await serveOnOneCore(dataDir);
  const json = { 'content-type': 'application/json' };
  const minting = (secret) => ({ headers: { 'x-api-key': secret, ...json }, body: mintBody });
  const { token } = JSON.parse(await ask(server, '/embed/generate-token', minting(key)));
  const form = { 'x-api-key': key, 'content-type': 'application/x-www-form-urlencoded' };
  const introspect = { headers: form, body: `token=${token}`, holds: '"active":true' };
  assert.ok((await ask(server, '/oauth2/introspect', introspect)).includes('"active":true'));
  const bodies = join(folder, 'tokens');
  await writeTokens(server, key, bodies);
  const list = {
    method: 'GET',
    headers: { authorization: `Bearer ${token}` },
    holds: 'Departures',
  };
  const results = {
    'mint, signed': await load(server, '/embed/generate-token', minting(key)),
    'mint, encrypted': await load(server, '/embed/generate-token', minting(encryptingKey)),
    'introspect, cached': await load(server, '/oauth2/introspect', introspect),
    'introspect, cold': await load(server, '/oauth2/introspect', { ...introspect, bodies }),
    'verify inside a request, cached': await load(server, '/api/v1/dashboards', list),
  };
  await server.stop();
  return results;
}

/** Milliseconds of refused sign-ins: of emails that exist and of such that do not, in turn. */
async function refusedSignIns() {
  const dataDir = join(await temporaryFolder(), 'data');
  const users = Array.from({ length: signIns }, (_, i) => `user${i}@bench.example`);
  const env = {
    ARACARI_ADMIN_EMAIL: 'admin@bench.example',
    ARACARI_ADMIN_PASSWORD: 'a long bench password',
  };
  const server = await serve({ dataDir, env });
  for (const email of users) {
    const words = [
      'users',
      'create',
      '--data-dir',
      dataDir,
      '--email',
      email,
      '--role',
      'explorer',
    ];
    assert.equal((await command(words, { input: 'another long password\n' })).code, 0);
  }
  const times = { exists: [], unknown: [] };
  for (const [i, email] of users.entries()) {
    for (const [kind, tried] of [
      ['exists', email],
      ['unknown', `nobody${i}@bench.example`],
    ]) {
      const start = performance.now();
      const answer = await fetch(`${server.url}/api/v1/session`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ email: tried, password: 'certainly not it' }),
      });
      times[kind].push(performance.now() - start);
      if (answer.status === 429) times[kind].pop();
      else assert.equal(answer.status, 401);
    }
  }
  await server.stop();
  assert.ok(Math.min(times.exists.length, times.unknown.length) >= 5, 'enough were not throttled');
  return { exists: median(times.exists), unknown: median(times.unknown) };
}

async function measure() {
  const folder = await temporaryFolder();
  const dataDir = join(folder, 'data');
  await (await serve({ dataDir, args: ['--demo'] })).stop();
  const [key, encrypting] = [await makeKey(dataDir), await makeKey(dataDir, '--encrypted')];
  const steps = [];
  for (const rows of [{ revocations: 1 }, { revocations: manyRevocations }, { keys: manyKeys }]) {
    const stored = fill(dataDir, rows);
    const core = await coreBenchmarks(dataDir, 'mint|verify_|introspect|sign_ed25519');
    steps.push({ stored, core, http: await loads(dataDir, key, encrypting, folder) });
  }
  return {
    steps,
    refusals: await coreBenchmarks(dataDir, 'refuse'),
    signIn: await refusedSignIns(),
  };
}

const percent = (ratio) => `${(100 * ratio).toFixed(1)} %`;
const yes = (met) => (met ? 'yes' : '**no**');

function aimRows({ steps: [few, million, keys] }) {
  const rate = (nanoseconds) => 1e9 / nanoseconds;
  const mint = few.core.sign_ed25519 / few.core.mint;
  const verify = rate(few.core.verify_token_cached);
  const introspect = few.http['introspect, cached'].many;
  const worst = Math.max(...Object.values(few.http).map(({ many }) => many.p99_us));
  const costs = ({ http: after }) =>
    Math.max(
      ...Object.keys(few.http).map((name) => after[name].many.cpu_us / few.http[name].many.cpu_us),
    ) - 1;
  return [
    ['mint / raw signatures of a core', '≥ 60 %', percent(mint), yes(mint >= 0.6)],
    ['cached verify, a second and core', '≥ 80,000', whole(verify), yes(verify >= 80_000)],
    [
      'introspection cached, a second',
      '≥ 30,000',
      whole(introspect.rate),
      yes(introspect.rate >= 30_000),
    ],
    [
      'slowest p99 at 64 connections',
      '≤ 5 ms',
      `${(worst / 1000).toFixed(2)} ms`,
      yes(worst <= 5000),
    ],
    [
      'a million revocations cost at most (CPU)',
      '≤ 5 %',
      percent(costs(million)),
      yes(costs(million) <= 0.05),
    ],
    ['and 100,000 keys', '≤ 5 %', percent(costs(keys)), yes(costs(keys) <= 0.05)],
  ];
}

function render({ steps, refusals, signIn }) {
  const named = ({ stored }) =>
    `revocations: ${whole(stored.revocations)}, keys: ${whole(stored.keys)}`;
  const names = Object.keys(steps[0].core);
  const parts = steps.map(
    (step) =>
      `${named(step).replace('rev', 'Rev')}:\n\n${table(httpHead, Object.entries(step.http).map(httpRow))}`,
  );
  return `## Tokens

${new Date().toISOString().slice(0, 10)}, as above; \`bench/tokens.mjs\` rewrites this part.

${table(['aim', 'wanted', 'measured', 'met'], aimRows({ steps }))}

${parts.join('\n\n')}

Without HTTP, µs:

${table(
  ['', ...steps.map(named)],
  names.map((name) => [name, ...steps.map(({ core }) => microseconds(core[name]))]),
)}

Refusals, µs. What tells nothing of a secret may differ (a checksum is public); the others must not:

${table(
  ['refused', 'µs'],
  Object.entries(refusals).map(([name, ns]) => [name.replace('refuse/', ''), microseconds(ns)]),
)}

A refused sign-in takes ${signIn.exists.toFixed(1)} ms where the email exists and ${signIn.unknown.toFixed(1)} ms where it does not.

`;
}

const file = here('RESULTS.md');
const before = await readFile(file, 'utf8');
const notes = before.indexOf('## Notes');
const tokens = before.includes('## Tokens') ? before.indexOf('## Tokens') : notes;
const text = render(await measure());
await writeFile(file, before.slice(0, tokens) + text + before.slice(notes));
console.log(text);

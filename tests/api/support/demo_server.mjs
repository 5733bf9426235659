// Servers with the demo's data. The demo is made once a run, in a template folder that run.mjs
// names in ARACARI_TEST_TEMPLATE; each server works on a copy of its own.

import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { cp, link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { command, demoAdmin, serve, temporaryFolder } from '../../harness/aracari.mjs';
import { signIn } from './app.mjs';
import { canary } from './databases.mjs';
import { send } from './request.mjs';
import { keepSecret, watchOutput } from './secrets.mjs';
import { filesThatHold } from './traces.mjs';

const databaseFile = 'databases/us-flights.duckdb';

/** The first organization of a server that has two; the other is the demo's. */
export const neighbour = {
  organization: 'Neighbour',
  email: 'admin@neighbour.example',
  password: 'neighbour password 1',
};

/** Makes `folder`/one (the demo) and `folder`/two (the demo beside a neighbour organization). */
export async function makeTemplate(folder) {
  const accounts = { one: await makeDemo(join(folder, 'one')) };
  const two = join(folder, 'two');
  const env = {
    ARACARI_ADMIN_EMAIL: neighbour.email,
    ARACARI_ADMIN_PASSWORD: neighbour.password,
    ARACARI_ORGANIZATION: neighbour.organization,
  };
  await (await serve({ dataDir: two, env })).stop();
  await link(join(folder, 'one', databaseFile), join(two, databaseFile));
  accounts.two = await makeDemo(two);
  await writeFile(join(folder, 'accounts.json'), JSON.stringify(accounts));
}

async function makeDemo(dataDir) {
  const server = await serve({ dataDir, args: ['--demo'] });
  await server.stop();
  return demoAdmin(server.output());
}

async function template() {
  const shared = process.env.ARACARI_TEST_TEMPLATE;
  if (shared) return shared;
  const own = await temporaryFolder();
  process.once('exit', () => rmSync(own, { recursive: true, force: true }));
  process.env.ARACARI_TEST_TEMPLATE = own;
  await makeTemplate(own);
  return own;
}

/** A copy of the demo's data directory: {dataDir, account}. */
export async function copyDemo(organizations = 'one') {
  const source = await template();
  const accounts = JSON.parse(await readFile(join(source, 'accounts.json')));
  const dataDir = join(await temporaryFolder(), 'data');
  await cp(join(source, organizations), dataDir, {
    recursive: true,
    filter: (path) => !path.endsWith('.duckdb'),
  });
  await mkdir(join(dataDir, 'databases'), { recursive: true });
  // Servers only read this file, so all copies may share it.
  await link(join(source, organizations, databaseFile), join(dataDir, databaseFile));
  return { dataDir, account: accounts[organizations] };
}

/**
 * A server on a copy of the demo, its admin signed in, one API key for each environment.
 * @param {{organizations?: 'one' | 'two', args?: string[], env?: object}} options
 */
export async function demoServer({ organizations = 'one', ...options } = {}) {
  const { dataDir, account } = await copyDemo(organizations);
  const server = await watchedServer({ dataDir, ...options });
  const app = await signIn(server, account);
  const keys = {
    sandbox: (await app.createKey({ environment: 'sandbox' })).secret,
    production: (await app.createKey({ environment: 'production' })).secret,
  };
  const { dashboards } = await app.get('/api/v1/dashboards');
  return {
    ...server,
    account,
    app,
    keys,
    dashboard: dashboards[0].id,
    mint: (body, key = keys.sandbox) => mint(server, body, key),
    end: async () => {
      await server.stop();
      await assertNoTrace(server);
      await rm(join(dataDir, '..'), { recursive: true, force: true });
    },
  };
}

/** Rows of a tenant (databases.mjs) lie in the database alone, and in nothing that was printed. */
async function assertNoTrace({ dataDir, output }) {
  assert.ok(!output().includes(canary), 'a row of a tenant was logged');
  const files = await filesThatHold(dataDir, canary);
  assert.deepEqual(
    files.filter((file) => !file.endsWith('.duckdb')),
    [],
    'rows of a tenant lie outside of the database',
  );
}

/** `serve`, telling all it can, with its output searched for secrets at the end of the file. */
export async function watchedServer({ env = {}, ...options } = {}) {
  const server = await serve({
    ...options,
    env: {
      ARACARI_LOG_LEVEL: 'debug',
      ARACARI_SANDBOX_REQUESTS_PER_MINUTE: '1000000',
      ...env,
    },
  });
  watchOutput(server);
  return server;
}

/** A token for `body`, which may leave out the user's distinctId. */
export async function mint(server, { user = {}, ...more } = {}, key) {
  const answer = await send(server, {
    method: 'POST',
    path: '/embed/generate-token',
    headers: { 'x-api-key': key },
    body: { user: { distinctId: 'user-1', ...user }, ...more },
  });
  assert.equal(answer.status, 200, answer.text);
  return keepSecret(answer.json.token);
}

export const bearer = (token) => ({ authorization: `Bearer ${token}` });

/** The answer of `POST /api/v1/dashboards/{id}/data` as its parsed lines. */
export async function readCharts(server, dashboard, headers, body = {}) {
  const path = `/api/v1/dashboards/${dashboard}/data`;
  const answer = await send(server, { method: 'POST', path, headers, body });
  assert.equal(answer.status, 200, answer.text);
  const lines = answer.text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  assert.deepEqual(lines.at(-1), { end: true, charts: lines.length - 1 });
  return { text: answer.text, charts: lines.slice(0, -1) };
}

/**
 * Runs `aracari users create` on a data directory, whose one organization needs no name; returns the
 * account.
 */
export async function createUser(dataDir, email, role, organization) {
  const password = keepSecret(`password of ${email}`);
  const words = ['users', 'create', '--data-dir', dataDir, '--email', email, '--role', role];
  if (organization) words.push('--organization', organization);
  const outcome = await command(words, { input: `${password}\n` });
  assert.equal(outcome.code, 0, outcome.stderr);
  return { email, password };
}

// Imported files follow the access rules: which row groups a viewer's queries read, what readers see of a rewriting, and
// what a kill in the middle of one leaves. And the engine's plan: who is told.

import assert from 'node:assert/strict';
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { serve, temporaryFolder } from '../harness/aracari.mjs';
import { signIn } from './support/app.mjs';
import { addDatabase, changed, shop, tablesOf, writeDatabase } from './support/databases.mjs';
import { bearer, demoServer, readCharts, watchedServer } from './support/demo_server.mjs';
import { send } from './support/request.mjs';
import { check } from './support/scenario.mjs';
import { logHoldsNoSecret } from './support/secrets.mjs';

const server = await demoServer();
let { app } = server;
let running = server;
after(async () => {
  await running.stop();
  await server.end();
});
const path = `/api/v1/dashboards/${server.dashboard}/explain`;
const folder = join(server.dataDir, 'databases');
/** For one rewriting, on a machine that does much else: it takes two seconds of a core, at low priority. */
const patience = 400_000;
const moment = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const minted = (value) => server.mint({ user: { attributes: { state: value } } });

const { databases } = await app.get('/api/v1/databases');
const flights = (await tablesOf(app, databases[0].id)).flights;

/** The first chart's scan, as a maker has it explained for `token`. */
async function scanOf(token) {
  const answer = await app.send({ method: 'POST', path, body: { token } });
  assert.equal(answer.status, 200, answer.text);
  const { scan, refused } = JSON.parse(answer.text.slice(0, answer.text.indexOf('\n')));
  assert.equal(refused, undefined);
  assert.equal(scan.length, 1);
  assert.equal(scan[0].table, 'flights');
  return scan[0];
}

const ruleOn = (column) =>
  changed(app, flights.id, {
    rules: [{ name: 'Own', rows: { column, operator: 'isEqualTo', attribute: 'state' } }],
  });

/** Waits until the queries of `token` read at most `most` row groups; what `meanwhile` does has to go well. */
async function waitForLayout(token, most, meanwhile = async () => {}) {
  for (const end = Date.now() + patience; Date.now() < end;) {
    if ((await scanOf(token)).rowGroupsRead <= most) return;
    await meanwhile();
    await moment(300);
  }
  assert.fail('the file was not rewritten');
}

test('neither the demo nor another file takes uploads', async () => {
  await writeDatabase(server.dataDir, 'shop.duckdb', shop);
  assert.equal(databases[0].imported, undefined);
  assert.equal((await addDatabase(app, 'Shop', 'shop.duckdb')).imported, undefined);
});

test('a file that lay there under the name of the demo is not ours to rewrite', async () => {
  const dataDir = join(await temporaryFolder(), 'data');
  await writeDatabase(dataDir, 'us-flights.duckdb', shop);
  const own = await serve({ dataDir, args: ['--demo'] });
  try {
    const file = join(dataDir, 'databases/us-flights.duckdb');
    const before = await stat(file);
    await moment(6000); // The rewriting that the demo's rules want begins after two seconds.
    const { ino, mtimeMs } = await stat(file);
    assert.deepEqual([ino, mtimeMs], [before.ino, before.mtimeMs]);
  } finally {
    await own.stop();
    await rm(join(dataDir, '..'), { recursive: true, force: true });
  }
});

test('explain tells row groups read and all', async () => {
  const { rowGroups, rowGroupsRead } = await scanOf(await minted('VT'));
  assert.ok(rowGroups > 20);
  assert.ok(rowGroupsRead >= 1 && rowGroupsRead <= 2, `${rowGroupsRead}`);
});

test(
  'the file is rewritten when the rules want it; nobody who reads notices',
  { timeout: 2 * patience },
  async () => {
    const token = await minted('DFW');
    const others = await stat(join(folder, 'shop.duckdb'));
    const before = await stat(join(folder, 'us-flights.duckdb'));
    await ruleOn('origin');
    const first = await readCharts(server, server.dashboard, bearer(token));
    assert.ok((await scanOf(token)).rowGroupsRead > 2);
    await waitForLayout(token, 3, async () => {
      const { charts } = await readCharts(server, server.dashboard, bearer(token));
      assert.deepEqual(charts[0], first.charts[0]);
    });
    const { charts } = await readCharts(server, server.dashboard, bearer(token));
    assert.deepEqual(charts, first.charts);
    assert.notEqual((await stat(join(folder, 'us-flights.duckdb'))).ino, before.ino);
    const { ino, mtimeMs } = await stat(join(folder, 'shop.duckdb'));
    assert.deepEqual([ino, mtimeMs], [others.ino, others.mtimeMs]);
  },
);

test(
  'killed in the middle, it leaves a whole file and begins again',
  { timeout: 2 * patience },
  async () => {
    await ruleOn('origin_state');
    const token = await minted('VT');
    const { charts } = await readCharts(server, server.dashboard, bearer(token));
    const unfinished = async () => (await readdir(folder)).filter((name) => name.startsWith('.'));
    for (
      const end = Date.now() + patience;
      (await unfinished()).length === 0 && Date.now() < end;
    ) {
      await moment(50);
    }
    assert.equal((await unfinished()).length, 1);
    await moment(700);
    await running.kill();
    running = await watchedServer({ dataDir: server.dataDir, port: server.port });
    app = await signIn(running, server.account);
    const again = await readCharts(running, server.dashboard, bearer(token));
    assert.deepEqual(again.charts, charts);
    await waitForLayout(token, 2);
    assert.deepEqual(await unfinished(), []);
    assert.deepEqual((await readCharts(running, server.dashboard, bearer(token))).charts, charts);
  },
);

test('makers are told the plan where they ask for it, nobody else', async () => {
  const token = await minted('VT');
  const lines = async (body) => {
    const answer = await app.send({ method: 'POST', path, body });
    return answer.text
      .trim()
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line));
  };
  for (const { plan } of await lines({ token, plan: true })) assert.match(plan, /flights/);
  for (const line of await lines({ token })) assert.ok(!('plan' in line));
  // A plan names the least value of a column, of rows that the rules hide.
  check(
    await send(running, { method: 'POST', path, headers: bearer(token), body: { plan: true } }),
    {
      status: 403,
      problem: { code: 'forbidden' },
      notExpected: ['SEQ_SCAN', 'origin_state', '"sql"'],
    },
  );
});

test('indexes are suggested for PostgreSQL only', async () => {
  const answer = await app.send({ method: 'POST', path, body: {} });
  assert.equal(answer.status, 200);
  for (const absent of ['suggestedIndex', 'CREATE INDEX']) assert.ok(!answer.text.includes(absent));
});

logHoldsNoSecret();

// Measures *Departures* for fifty tenants in random order, on more and more clients, from the cache and without it, beside
// what the engine alone takes; what the order of stored rows is worth; the guard against hand-written SQL at a hundred
// million rows; the guard by number of conditions; and the memory of tenants who are idle. Rewrites the part "Tenants" of
// bench/RESULTS.md. bench/run calls it. Every answer is checked.

import assert from 'node:assert/strict';
import { readFile, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { serve, temporaryFolder } from '../tests/harness/aracari.mjs';
import { openFlights } from '../tests/harness/flights.mjs';
import { residentMemory } from '../tests/harness/processes.mjs';
import {
  ask,
  coreBenchmarks,
  here,
  loadOn,
  makeKey,
  milliseconds,
  run,
  serveOnOneCore,
  serverCore,
  table,
  whole,
} from './support.mjs';

const clients = [1, 8, 32, 64];
const tenants = 50;
const idleTenants = 10_000;
/** Times three million rows. */
const copies = 34;
const diskForCopies = 20e9;

/** Flights by state, of the first fifty states by name. */
async function countFlights() {
  const flights = await openFlights();
  const rows = await flights.rows(
    `SELECT origin_state, count(*) FROM flights WHERE origin_state IS NOT NULL AND origin_state <> 'NA'
     GROUP BY 1 ORDER BY 1 LIMIT ${tenants}`,
  );
  flights.close();
  assert.equal(rows.length, tenants);
  return rows.map(([state, count]) => ({ state, count: Number(count) }));
}

/** Prints JSON; runs on the server's core. */
async function program(name, dataDir, ...words) {
  const { stdout } = await run(
    'taskset',
    ['--cpu-list', serverCore, here(`../build/release/bench/${name}`), ...words],
    { env: { ...process.env, ARACARI_BENCH_DATA_DIR: dataDir } },
  );
  return JSON.parse(stdout);
}

async function mintFor(server, key, distinctId, state) {
  const body = JSON.stringify({ user: { distinctId, attributes: { state } }, expiresIn: '1h' });
  const headers = { 'x-api-key': key, 'content-type': 'application/json' };
  return JSON.parse(await ask(server, '/embed/generate-token', { headers, body })).token;
}

const withToken = (token) => ({
  authorization: `Bearer ${token}`,
  'content-type': 'application/json',
});

/** The path of the data of *Departures*, and a token for each tenant in a file, after each one's answer was checked. */
async function prepare(server, dataDir, key, states) {
  const tokens = [];
  for (const { state } of states) tokens.push(await mintFor(server, key, `tenant-${state}`, state));
  const headers = withToken(tokens[0]);
  const listed = await ask(server, '/api/v1/dashboards', { method: 'GET', headers });
  const path = `/api/v1/dashboards/${JSON.parse(listed).dashboards[0].id}`;
  const { tiles } = JSON.parse(await ask(server, path, { method: 'GET', headers }));
  const chart = tiles.find((tile) => tile.chart.name === 'Number of flights').chart.id;
  for (const [i, { state, count }] of states.entries()) {
    const text = await ask(server, `${path}/data`, { headers: withToken(tokens[i]), body: '{}' });
    const lines = text.trim().split('\n').map(JSON.parse);
    assert.deepEqual(lines.pop(), { end: true, charts: 8 });
    const [[flights]] = [lines.find((line) => line.chart === chart).columns[0].values];
    assert.equal(flights, count, state);
  }
  const file = join(dataDir, 'tokens.txt');
  await writeFile(file, `${tokens.join('\n')}\n`);
  return { path: `${path}/data`, tokens: file };
}

async function loads(dataDir, key, states, ...words) {
  const server = await serveOnOneCore(dataDir, ...words);
  const { path, tokens } = await prepare(server, dataDir, key, states);
  const request = {
    headers: { 'content-type': 'application/json' },
    body: '{}',
    holds: '"end":true',
    tokens,
  };
  const measured = {};
  for (const count of clients) measured[count] = await loadOn(count, server, path, request);
  await server.stop();
  return measured;
}

/** What ten thousand tenants leave behind who came once, each for a description and its rows. */
async function idleMemory(dataDir, key, states) {
  const server = await serveOnOneCore(dataDir);
  const { path } = await prepare(server, dataDir, key, states);
  const visit = async (i) => {
    const { state } = states[i % states.length];
    const headers = withToken(await mintFor(server, key, `idle-${i}`, state));
    await ask(server, path.replace('/data', ''), { method: 'GET', headers });
    assert.match(await ask(server, path, { headers, body: '{}' }), /"end":true/);
  };
  for (let i = 0; i < 500; i += 1) await visit(i);
  const before = await residentMemory(server.pid);
  for (let i = 500; i < 500 + idleTenants; i += 1) await visit(i);
  const after = await residentMemory(server.pid);
  await server.stop();
  return (after - before) / idleTenants;
}

/** Sealed and hand-written at a hundred million rows, or nothing where the disk has no room for them. */
async function manyRows(dataDir) {
  const { bavail, bsize } = await statfs(dataDir);
  if (bavail * bsize < diskForCopies) {
    console.log(
      `LEFT OUT: ${copies * 3} million rows want ${diskForCopies / 1e9} GB of free disk.`,
    );
    return undefined;
  }
  return program('sealed_query_bench', dataDir, String(copies));
}

async function measure() {
  const dataDir = await temporaryFolder();
  const first = await serve({ dataDir, args: ['--demo'] });
  await first.stop();
  const states = await countFlights();
  const key = await makeKey(dataDir);
  const results = { guard: await coreBenchmarks(dataDir, 'seal_with_conditions') };
  results.ways = await program('layout_bench', dataDir);
  results.cached = await loads(dataDir, key, states);
  results.uncached = await loads(dataDir, key, states, '--cache-mib', '0');
  results.idle = await idleMemory(dataDir, key, states);
  results.many = await manyRows(dataDir);
  await first.remove();
  return results;
}

const yes = (holds) => (holds ? 'yes' : '**no**');
const sum = (rows, side) => rows.reduce((total, each) => total + each[side], 0);
const share = (ratio) => `${(100 * ratio).toFixed(0)} %`;

function aimRows({ guard, ways, cached, uncached, idle, many }) {
  const ten = guard['seal_with_conditions/10'] / 1000;
  const perCore = 1e6 / cached[64].cpu_us;
  const alone = ways[1].dashboard_us / uncached[1].cpu_us;
  const rows = [
    ['guard, a query with 10 conditions', '≤ 20 µs', `${ten.toFixed(1)} µs`, yes(ten <= 20)],
    ['*Departures* cached, a second and core', '≥ 1,800', whole(perCore), yes(perCore >= 1800)],
    [
      'cached, p50 at 1 client',
      '≤ 3 ms',
      `${milliseconds(cached[1].p50_us)} ms`,
      yes(cached[1].p50_us <= 3000),
    ],
    [
      'cached, p99 at 64 clients',
      '≤ 40 ms',
      `${milliseconds(cached[64].p99_us)} ms`,
      yes(cached[64].p99_us <= 40_000),
    ],
    ['not cached / the engine alone (CPU)', '≥ 85 %', share(alone), yes(alone >= 0.85)],
    ['memory of an idle tenant', '≤ 20 kB', `${(idle / 1000).toFixed(1)} kB`, yes(idle <= 20_000)],
  ];
  if (many) {
    const ratio = sum(many, 'sealed_us') / sum(many, 'bound_us');
    const what = `sealed / hand-written at ${copies * 3} million rows`;
    rows.push([what, '≤ 1.05', ratio.toFixed(3), yes(ratio <= 1.05)]);
  }
  return rows;
}

const loadRow = (name, measured) => [
  name,
  ...clients.flatMap((count) => [
    whole(measured[count].rate),
    milliseconds(measured[count].p50_us),
    milliseconds(measured[count].p99_us),
    whole(measured[count].cpu_us),
  ]),
];

function render(results) {
  const { guard, ways, cached, uncached, many } = results;
  const head = ['', ...clients.flatMap((count) => [`${count}: a second`, 'p50', 'p99', 'CPU µs'])];
  return `## Tenants

${new Date().toISOString().slice(0, 10)}, as above; \`bench/tenants.mjs\` rewrites this part.

${table(['aim', 'wanted', 'measured', 'met'], aimRows(results))}

*Departures* (eight charts) for ${tenants} tenants in random order, by clients; milliseconds, and processor time of a
dashboard:

${table(head, [loadRow('cached', cached), loadRow('not cached', uncached)])}

On the engine alone, the mean of all tenants, with the flights stored in several ways; the second is ours:

${table(
  ['stored', 'rows in a row group', 'MB', 'processor time of a dashboard, ms', 'a second and core'],
  ways.map((way) => [
    way.way,
    whole(way.row_group_rows),
    (way.bytes / 1e6).toFixed(1),
    milliseconds(way.dashboard_us),
    (1e6 / way.dashboard_us).toFixed(1),
  ]),
)}

The guard by number of conditions, one chart planned beforehand:

${table(
  ['conditions', 'µs'],
  Object.entries(guard).map(([name, ns]) => [name.split('/')[1], (ns / 1000).toFixed(2)]),
)}

${many ? manyTable(many) : `${copies * 3} million rows were left out: the disk had no room.`}

`;
}

const manyTable = (many) => `Each chart for Texas with every flight ${copies} times, medians, ms:

${table(
  ['chart', 'sealed', 'hand-written, bound', 'hand-written, literal'],
  many.map((each) => [
    each.chart,
    ...['sealed_us', 'bound_us', 'literal_us'].map((side) => milliseconds(each[side])),
  ]),
)}`;

const file = here('RESULTS.md');
const before = await readFile(file, 'utf8');
const next = before.search(/^## (Exports|Tokens|Notes)$/m);
const own = before.includes('## Tenants') ? before.indexOf('## Tenants') : next;
const text = render(await measure());
await writeFile(file, before.slice(0, own) + text + before.slice(next));
console.log(text);

// Measures and rewrites bench/RESULTS.md; bench/run calls it after the build. Every result is
// checked before its time counts, and what is wrong ends the run.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';

import { weighEmbed } from '../tools/weigh-embed.mjs';
import { freePort, program, serve, temporaryFolder } from '../tests/harness/aracari.mjs';
import { openFlights } from '../tests/harness/flights.mjs';
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
  run,
  serveOnOneCore,
  serverCore,
  table,
  whole,
} from './support.mjs';

async function sealedQueries(dataDir) {
  const { stdout } = await run(
    'taskset',
    ['--cpu-list', serverCore, here('../build/release/bench/sealed_query_bench')],
    { env: { ...process.env, ARACARI_BENCH_DATA_DIR: dataDir } },
  );
  return JSON.parse(stdout);
}

/** Milliseconds from the start of the process to its line "ready". */
async function startTime(dataDir) {
  const port = String(await freePort());
  const start = performance.now();
  const child = spawn(program, ['serve', '--demo', '--data-dir', dataDir, '--port', port]);
  const ended = new Promise((resolve) => child.on('exit', resolve));
  let printed = '';
  for await (const bytes of child.stdout) {
    printed += bytes;
    if (printed.includes('Aracari is ready')) break;
  }
  const took = performance.now() - start;
  child.kill('SIGTERM');
  assert.equal(await ended, 0);
  return took;
}

/** Resident MiB by mapping: of libduckdb.so's file, and of all the rest. */
async function residentMib(pid) {
  const kib = { engineFile: 0, rest: 0 };
  let mapping = 'rest';
  for (const line of (await readFile(`/proc/${pid}/smaps`, 'utf8')).split('\n')) {
    if (/^[0-9a-f]+-[0-9a-f]+ /.test(line))
      mapping = line.includes('libduckdb.so') ? 'engineFile' : 'rest';
    const resident = line.match(/^Rss: +(\d+) kB/);
    if (resident) kib[mapping] += Number(resident[1]);
  }
  return { engineFile: kib.engineFile / 1024, rest: kib.rest / 1024 };
}

/** The eight charts of one answer by name, after its end line and the flights of Texas were checked. */
function checkDashboard(text, description, flightsOfTexas) {
  const lines = text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  assert.deepEqual(lines.pop(), { end: true, charts: 8 });
  assert.equal(lines.length, 8);
  for (const line of lines) assert.ok(line.columns[0].values.length > 0, `no rows: ${line.chart}`);
  const { id } = description.tiles.find(({ chart }) => chart.name === 'Number of flights').chart;
  assert.equal(lines.find((line) => line.chart === id).columns[0].values[0], flightsOfTexas);
}

async function countFlightsOfTexas() {
  const flights = await openFlights();
  const [[count]] = await flights.rows(`SELECT count(*) FROM flights WHERE origin_state = 'TX'`);
  flights.close();
  return Number(count);
}

/** What the HTTP measurements ask for, tried once and checked. */
async function prepare(server) {
  const machine = { 'x-api-key': await makeKey(server.dataDir) };
  const json = { 'content-type': 'application/json' };
  const mint = { headers: { ...machine, ...json }, body: mintBody };
  const { token } = JSON.parse(await ask(server, '/embed/generate-token', mint));
  const introspect = {
    headers: { ...machine, 'content-type': 'application/x-www-form-urlencoded' },
    body: `token=${token}`,
  };
  assert.equal(JSON.parse(await ask(server, '/oauth2/introspect', introspect)).active, true);
  const bearer = { authorization: `Bearer ${token}` };
  const describe = { method: 'GET', headers: bearer };
  const { dashboards } = JSON.parse(await ask(server, '/api/v1/dashboards', describe));
  const path = `/api/v1/dashboards/${dashboards[0].id}`;
  const description = JSON.parse(await ask(server, path, describe));
  const data = { headers: { ...bearer, ...json }, body: '{}', holds: '"end":true' };
  return { mint, introspect, describe, data, path, description };
}

async function measure() {
  const dataDir = await temporaryFolder();
  const flightsOfTexas = await countFlightsOfTexas();
  const first = await serve({ dataDir, args: ['--demo'] });
  await first.stop();

  const starts = [];
  for (let i = 0; i < 5; ++i) starts.push(await startTime(dataDir));
  const results = { start: median(starts) };

  const cached = await serveOnOneCore(dataDir);
  const { mint, introspect, describe, data, path, description } = await prepare(cached);
  await new Promise((resolve) => setTimeout(resolve, 500));
  results.idle = await residentMib(cached.pid);
  const firstStart = performance.now();
  checkDashboard(await ask(cached, `${path}/data`, data), description, flightsOfTexas);
  results.firstAnswer = performance.now() - firstStart;

  results.core = await coreBenchmarks(dataDir, '-refuse');
  const mintPath = '/embed/generate-token';
  results.http = {
    'GET /healthz, an empty answer': await load(cached, '/healthz', { method: 'GET', headers: {} }),
    [`POST ${mintPath}`]: await load(cached, mintPath, mint),
    'POST /oauth2/introspect': await load(cached, '/oauth2/introspect', introspect),
    'GET dashboard, its description': await load(cached, path, describe),
    'POST dashboard data, cached': await load(cached, `${path}/data`, data),
  };
  results.afterLoad = await residentMib(cached.pid);
  await cached.stop();

  const uncached = await serveOnOneCore(dataDir, '--cache-mib', '0');
  checkDashboard(await ask(uncached, `${path}/data`, data), description, flightsOfTexas);
  results.http['POST dashboard data, not cached'] = await load(uncached, `${path}/data`, data);
  await uncached.stop();

  results.sealed = await sealedQueries(dataDir);
  results.embed = weighEmbed(here('../web/dist/embed'));
  await cached.remove();
  return results;
}

const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;
const verdict = (value, aim) => (value <= aim ? 'yes' : '**no**');

const sides = ['sealed_us', 'bound_us', 'literal_us'];
const sumOf = (sealed) => ({
  chart: 'all',
  ...Object.fromEntries(
    sides.map((side) => [side, sealed.reduce((sum, each) => sum + each[side], 0)]),
  ),
});

/** One row for each aim: what, wanted, measured, whether it is met. */
function aimRows({ core, http, sealed, start, idle, embed }) {
  const ratio = core.sign_ed25519 / 1000 / http['POST /embed/generate-token'].many.cpu_us;
  const data = (name) => http[`POST dashboard data, ${name}`].one.p50_us / 1000;
  const total = sumOf(sealed);
  const slower = total.sealed_us / total.bound_us;
  return [
    [
      'mint over HTTP / raw signatures of a core',
      '≥ 50 %',
      `${(100 * ratio).toFixed(0)} %`,
      verdict(0.5, ratio),
    ],
    [
      '*Departures* not cached, p50',
      '≤ 40 ms',
      `${data('not cached').toFixed(1)} ms`,
      verdict(data('not cached'), 40),
    ],
    [
      '*Departures* cached, p50',
      '≤ 3 ms',
      `${data('cached').toFixed(2)} ms`,
      verdict(data('cached'), 3),
    ],
    ['sealed query / hand-written WHERE', '≤ 1.05', slower.toFixed(3), verdict(slower, 1.05)],
    ['start to ready, demo present', '< 300 ms', `${start.toFixed(0)} ms`, verdict(start, 300)],
    [
      'idle memory without the engine',
      '< 60 MiB',
      `${idle.rest.toFixed(0)} MiB`,
      verdict(idle.rest, 60),
    ],
    [
      'embed.js with its imports, gzip',
      '≤ 30 kB',
      kilobytes(embed.elements),
      verdict(embed.elements, 30_000),
    ],
    [
      'the same with bars and lines',
      '≤ 170 kB',
      kilobytes(embed.withBarsAndLines),
      verdict(embed.withBarsAndLines, 170_000),
    ],
  ];
}

function render(results, notes) {
  const { core, http, sealed, firstAnswer, idle, afterLoad } = results;
  return `# Figures

${new Date().toISOString().slice(0, 10)}, ${cpus().length} cores of ${cpus()[0].model}. \`bench/run\` measures and rewrites all but the notes.

${table(['aim', 'wanted', 'measured', 'met'], aimRows(results))}

Server on one core (1 network thread, 2 workers, 1 engine thread), wrk on the other. Requests a second, milliseconds,
and what a request takes of the server's core, kernel included: on a machine that does other things too, the rate tells
less.
A core signs ${whole(1e9 / core.sign_ed25519)} times a second (Ed25519, messages as long as a token).

${table(httpHead, Object.entries(http).map(httpRow))}

The first data answer after the start, which opens the database, took ${firstAnswer.toFixed(0)} ms.
Resident memory before it: ${idle.rest.toFixed(1)} MiB and ${idle.engineFile.toFixed(1)} MiB of libduckdb.so's file; after the load ${afterLoad.rest.toFixed(0)} MiB (with what the engine allocates) and ${afterLoad.engineFile.toFixed(0)} MiB.

Without HTTP, on one core:

${table(
  ['', 'µs', 'a second'],
  Object.entries(core).map(([name, ns]) => [name, microseconds(ns), whole(1e9 / ns)]),
)}

Each chart for Texas in the database: sealed, with a hand-written WHERE whose state is bound, and with the state in
the text, medians:

${table(
  ['chart', 'sealed µs', 'hand-written, bound µs', 'hand-written, literal µs'],
  [...sealed, sumOf(sealed)].map((each) => [each.chart, ...sides.map((side) => whole(each[side]))]),
)}

${notes}`;
}

const file = here('RESULTS.md');
const before = await readFile(file, 'utf8').catch(() => '## Notes');
const results = await measure();
// What bench/tenants.mjs, bench/tokens.mjs and people wrote stays.
const text = render(results, before.slice(before.search(/^## (Tenants|Tokens|Notes)$/m)));
await writeFile(file, text);
console.log(text);

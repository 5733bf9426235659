// Measures files of rows: five million as CSV, and as many as a sheet holds as a workbook, from a DuckDB file and by the
// rule of one tenant; rewrites the part "Exports" of bench/RESULTS.md. Every file is counted.

import assert from 'node:assert/strict';
import http from 'node:http';
import { readFile, rm, writeFile } from 'node:fs/promises';

import { serve, temporaryFolder } from '../tests/harness/aracari.mjs';
import { signIn } from '../tests/api/support/app.mjs';
import { addDatabase, changed, ownCity, writeDatabase } from '../tests/api/support/databases.mjs';
import { here, table, whole } from './support.mjs';

const rows = Number(process.env.ARACARI_BENCH_EXPORT_ROWS ?? 5_000_000);
const sheetRows = Math.min(rows, 1_000_000);
const names = ['id', 'city', 'amount', 'day', 'moment', 'customer', 'paid', 'number'];
const admin = { email: 'admin@bench.example', password: 'a password for measuring' };

/** Half of the rows are the tenant's, wherever they lie. */
const orders = (name, count) => `CREATE TABLE ${name} AS SELECT i AS id,
  CASE WHEN i % 2 = 0 THEN 'Paris' ELSE 'Rome' END AS city, i % 1000 / 4 AS amount,
  DATE '2001-01-01' + (i % 3650)::INTEGER AS day, TIMESTAMP '2001-01-01' + INTERVAL (i) SECOND AS moment,
  'customer ' || i % 50000 AS customer, i % 3 = 0 AS paid, hash(i) % 1000000 AS number
  FROM range(${count * 2}) r(i)`;

async function memoryKib(pid, name) {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(status.match(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm'))[1]);
}

/** {seconds, first, bytes, lines, peakMib}: peak of resident memory above what it was before. */
async function take(server, cookie, chart, body) {
  await writeFile(`/proc/${server.pid}/clear_refs`, '5');
  const idle = await memoryKib(server.pid, 'VmRSS');
  const began = performance.now();
  let [bytes, lines, first] = [0, 0, 0];
  await new Promise((resolve, reject) => {
    const options = { method: 'POST', headers: { cookie, 'content-type': 'application/json' } };
    const request = http.request(
      `${server.url}/api/v1/charts/${chart}/export`,
      options,
      (answer) => {
        assert.equal(answer.statusCode, 200);
        answer.on('data', (piece) => {
          first ||= performance.now() - began;
          bytes += piece.length;
          if (body.format === 'csv') for (const byte of piece) lines += byte === 10 ? 1 : 0;
        });
        answer.on('error', reject);
        answer.on('end', () => (answer.complete ? resolve() : reject(new Error('cut off'))));
      },
    );
    request.end(JSON.stringify(body));
  });
  const seconds = (performance.now() - began) / 1000;
  const peakMib = ((await memoryKib(server.pid, 'VmHWM')) - idle) / 1024;
  return { seconds, first: first / 1000, bytes, lines, peakMib };
}

async function measure() {
  const dataDir = await temporaryFolder();
  const env = { ARACARI_ADMIN_EMAIL: admin.email, ARACARI_ADMIN_PASSWORD: admin.password };
  const server = await serve({ dataDir, env });
  try {
    await writeDatabase(dataDir, 'orders.duckdb', [
      orders('orders', rows),
      orders('sheet', sheetRows),
    ]);
    const app = await signIn(server, admin);
    await app.addAttribute('city', 'string');
    const { byName } = await addDatabase(app, 'Orders', 'orders.duckdb');
    const metrics = [{ name: 'rows', label: 'Rows', measure: { aggregate: 'count' } }];
    const charts = {};
    for (const name of ['orders', 'sheet']) {
      const columns = names.map((column) => ({ name: column, access: 'visible' }));
      await changed(app, byName[name].id, {
        access: 'restricted',
        columns,
        metrics,
        rules: [ownCity],
      });
      const spec = {
        table: byName[name].id,
        type: 'value',
        metrics: ['rows'],
        filters: [{ dimension: 'city', values: ['Paris'] }],
      };
      await changed(app, byName[name].id, {
        dimensions: [{ name: 'city', label: 'City', column: 'city' }],
      });
      charts[name] = (await app.post('/api/v1/content/charts', { name, spec })).id;
    }
    const csv = await take(server, app.cookie, charts.orders, { format: 'csv', of: 'rows' });
    assert.equal(csv.lines, rows + 1);
    const again = await take(server, app.cookie, charts.orders, { format: 'csv', of: 'rows' });
    const xlsx = await take(server, app.cookie, charts.sheet, { format: 'xlsx', of: 'rows' });
    return [
      ['CSV, the first after the start', rows, csv],
      ['CSV', rows, again],
      ['XLSX', sheetRows, xlsx],
    ];
  } finally {
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

const render = (measured) => `## Exports

Rows of eight columns, half of a table's, from a DuckDB file to a client on the same machine. Memory: the most that was resident
meanwhile, above what was before.

${table(
  ['file', 'rows', 'MB', 'first byte, s', 'all, s', 'rows/s', 'memory, MiB'],
  measured.map(([name, count, { bytes, first, seconds, peakMib }]) => [
    name,
    whole(count),
    (bytes / 1e6).toFixed(0),
    first.toFixed(2),
    seconds.toFixed(1),
    whole(count / seconds),
    peakMib.toFixed(0),
  ]),
)}

`;

const file = here('RESULTS.md');
const before = await readFile(file, 'utf8');
const next = before.search(/^## (Tokens|Notes)$/m);
const own = before.includes('## Exports') ? before.indexOf('## Exports') : next;
const text = render(await measure());
await writeFile(file, before.slice(0, own) + text + before.slice(next));
console.log(text);

// Uploads: a file comes in pieces, is looked into, and becomes a table, whatever happens on the way.

import assert from 'node:assert/strict';
import { readdir, readFile, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { DuckDBInstance } from '@duckdb/node-api';
import { command, temporaryFolder } from '../harness/aracari.mjs';
import { childOf, residentMemory } from '../harness/processes.mjs';
import { signIn } from './support/app.mjs';
import { createUser, demoServer, neighbour, watchedServer } from './support/demo_server.mjs';
import { send } from './support/request.mjs';
import { check } from './support/scenario.mjs';
import {
  imported,
  importEnd,
  inspect,
  rowsOf,
  sendPiece,
  startImport,
  upload,
} from './support/uploads.mjs';

const server = await demoServer({
  organizations: 'two',
  env: { ARACARI_UPLOAD_MIB_MAX: '64', ARACARI_ORGANIZATION_UPLOADS_MIB_MAX: '200' },
});
after(() => server.end());
const { app } = server;
const theirs = await signIn(server, neighbour);
const path = '/api/v1/uploads';
const csv = 'id,city,amount\n1,Paris,1.5\n2,Rome,\n';

const add = (who, body) => who.send({ method: 'POST', path, body });
const filesIn = (folder) => readdir(join(server.dataDir, folder));

test('a file comes in pieces, and its place is told', async () => {
  const begun = await add(app, { fileName: 'orders.csv', bytes: csv.length });
  check(begun, {
    status: 201,
    json: { fileName: 'orders.csv', bytes: csv.length, received: 0, state: 'receiving' },
  });
  assert.equal(begun.json.chunkBytes, 8 << 20);
  const { id } = begun.json;
  const first = await sendPiece(app, id, 0, Buffer.from(csv.slice(0, 10)));
  check(first, { status: 204, headers: { 'upload-offset': '10' } });
  for (const offset of [0, 9, 11, 1000]) {
    const wrong = await sendPiece(app, id, offset, Buffer.from('x'));
    check(wrong, {
      status: 409,
      problem: { code: 'conflict' },
      headers: { 'upload-offset': '10' },
      echoes: true,
    });
  }
  const rest = await sendPiece(app, id, 10, Buffer.from(csv.slice(10)));
  check(rest, { status: 204, headers: { 'upload-offset': String(csv.length) } });
  assert.equal((await app.get(`${path}/${id}`)).state, 'received');
  assert.deepEqual(
    (await app.get(path)).uploads.map((each) => each.id),
    [id],
  );
  check(await app.remove(`${path}/${id}`), { status: 204 });
  check(await app.send({ path: `${path}/${id}` }), { status: 404, problem: { code: 'not_found' } });
  assert.deepEqual(await filesIn('uploads'), []);
});

test('after a broken connection it goes on where the server is', async () => {
  const { id } = (await add(app, { fileName: 'orders.csv', bytes: csv.length })).json;
  const socket = connect(server.port, '127.0.0.1');
  socket.write(
    `PATCH ${path}/${id} HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nCookie: ${app.cookie}\r\n` +
      'Content-Type: application/offset+octet-stream\r\nUpload-Offset: 0\r\n' +
      `Content-Length: ${csv.length}\r\n\r\n${csv.slice(0, 12)}`,
  );
  await pause(200);
  socket.destroy();
  await pause(200);
  const { received, state } = await app.get(`${path}/${id}`);
  assert.equal(state, 'receiving');
  const answer = await sendPiece(app, id, received, Buffer.from(csv.slice(received)));
  check(answer, { status: 204, headers: { 'upload-offset': String(csv.length) } });
  assert.equal((await inspect(app, id)).json.rows, 2);
  await app.remove(`${path}/${id}`);
});

test('more than was announced is refused, and so is a piece that is no piece', async () => {
  const { id } = (await add(app, { fileName: 'a.csv', bytes: 4 })).json;
  const tooLarge = { status: 413, problem: { code: 'body_too_large' } };
  check(await sendPiece(app, id, 0, Buffer.from('a,b,c')), tooLarge);
  check(await sendPiece(app, id, 0, Buffer.alloc((8 << 20) + 1)), tooLarge);
  for (const offset of ['', '-1', '1e1', '0x0', '99999999999999999999']) {
    const answer = await sendPiece(app, id, offset, Buffer.from('a'));
    check(answer, { status: 400, problem: { code: 'invalid_body' } });
  }
  const json = await app.send({ method: 'PATCH', path: `${path}/${id}`, body: {} });
  check(json, { status: 415, problem: { code: 'unsupported_media_type' } });
  assert.equal((await app.get(`${path}/${id}`)).received, 0);
  await app.remove(`${path}/${id}`);
});

test('a file that is too large, or the last one beyond the room, is refused at once', async () => {
  check(await add(app, { fileName: 'big.csv', bytes: 5 * 1024 ** 3 }), {
    status: 413,
    problem: {
      code: 'body_too_large',
      field: 'bytes',
      detail: 'The file may have at most 64 MiB.',
    },
  });
  const ids = [];
  let answer = await add(app, { fileName: 'a.csv', bytes: 64 << 20 });
  while (answer.status === 201 && ids.length < 4) {
    ids.push(answer.json.id);
    answer = await add(app, { fileName: 'a.csv', bytes: 64 << 20 });
  }
  check(answer, { status: 507, problem: { code: 'storage_full' } });
  const other = await add(theirs, { fileName: 'a.csv', bytes: 33 << 20 });
  check(other, { status: 201, json: { state: 'receiving' } });
  await theirs.remove(`${path}/${other.json.id}`);
  for (const id of ids) await app.remove(`${path}/${id}`);
});

for (const [what, body, field] of [
  ['no name', { bytes: 1 }, 'fileName'],
  ['an empty name', { fileName: '', bytes: 1 }, 'fileName'],
  ['a control character in its name', { fileName: 'a\u0000b', bytes: 1 }, 'fileName'],
  ['no bytes', { fileName: 'a', bytes: 0 }, 'bytes'],
  ['less than none', { fileName: 'a', bytes: -1 }, 'bytes'],
  ['an unknown member', { fileName: 'a', bytes: 1, path: '/etc' }, 'path'],
]) {
  test(`an upload with ${what} is refused`, async () => {
    const problem = { code: 'invalid_body', field };
    check(await add(app, body), { status: 400, problem, echoes: true });
  });
}

test('a name is only ever shown, whatever is in it', async () => {
  const fileName = '../../master.key\u202Egnp.csv';
  const { id, fileName: shown } = await upload(app, fileName, csv);
  assert.equal(shown, fileName);
  assert.deepEqual(await filesIn('uploads'), [id]);
  const { table } = await imported(app, id, { name: 'Named' }, 'named');
  assert.deepEqual(await rowsOf(app, table.id), [
    [1, 'Paris', 1.5],
    [2, 'Rome', null],
  ]);
});

test('only makers may upload, and only their organization sees it', async () => {
  const account = await createUser(server.dataDir, 'eve@demo.example', 'explorer', 'Demo');
  const explorer = await signIn(server, account);
  const { id } = await upload(app, 'orders.csv', csv);
  const body = {
    format: 'csv',
    database: { name: 'Theirs' },
    table: { name: 't', label: 'T' },
    columns: [{ name: 'id', type: 'integer' }],
  };
  const asks = [
    (who) => who.send({ path: `${path}/${id}` }),
    (who) => sendPiece(who, id, 0, Buffer.from('x')),
    (who) => inspect(who, id),
    (who) => who.send({ method: 'POST', path: `${path}/${id}/import`, body }),
    (who) => who.remove(`${path}/${id}`),
  ];
  for (const ask of asks) {
    check(await ask(theirs), {
      status: 404,
      problem: { code: 'not_found' },
      notExpected: ['Paris'],
    });
    check(await ask(explorer), {
      status: 403,
      problem: { code: 'forbidden' },
      notExpected: ['Paris'],
    });
  }
  check(await explorer.send({ path }), { status: 403, problem: { code: 'forbidden' } });
  assert.deepEqual((await theirs.get(path)).uploads, []);
  assert.equal((await app.get(`${path}/${id}`)).state, 'received');
  const cross = await app.send({
    method: 'DELETE',
    path: `${path}/${id}`,
    headers: { origin: 'https://evil.example' },
  });
  check(cross, { status: 403, problem: { code: 'cross_site' } });
  await app.remove(`${path}/${id}`);
});

test('what is in a file is told before it is imported', async () => {
  const { id } = await upload(app, 'x.txt', 'a;day;a\n1;2020-01-31;x\n2;2020-02-01;\n');
  check(await inspect(app, id), {
    json: {
      format: 'csv',
      delimiter: ';',
      header: true,
      rows: 2,
      columns: [
        {
          name: 'a',
          type: 'integer',
          offers: ['integer', 'numeric', 'string'],
          samples: ['1', '2'],
        },
        {
          name: 'day',
          type: 'date',
          offers: ['date', 'datetime', 'string'],
          samples: ['2020-01-31', '2020-02-01'],
        },
        { name: 'a 2', original: 'a', type: 'string', offers: ['string'], samples: ['x'] },
      ],
    },
  });
  check(await inspect(app, id, { header: false, delimiter: ',' }), {
    json: { delimiter: ',', header: false, rows: 3 },
  });
  check(await inspect(app, id, { delimiter: "'" }), {
    status: 400,
    problem: { code: 'invalid_body', field: 'delimiter' },
  });
  check(await inspect(app, id, { file: '/etc/passwd' }), {
    status: 400,
    problem: { code: 'invalid_body', field: 'file' },
    echoes: true,
  });
  await app.remove(`${path}/${id}`);
});

let database;
test('tables come into one database, hidden, one after another', async () => {
  const first = await imported(
    app,
    (await upload(app, 'o.csv', csv)).id,
    { name: 'Ours' },
    'orders',
  );
  const id = first.table.databaseId;
  const lines = '{"name":"Paris","at":"2020-01-31T10:00:00Z"}\n{"name":"Rome","at":null}\n';
  const second = await imported(app, (await upload(app, 'c.json', lines)).id, { id }, 'cities');
  assert.equal(second.table.databaseId, id);
  database = (await app.get('/api/v1/databases')).databases.find((each) => each.id === id);
  assert.equal(database.imported, true);
  assert.equal(database.tables, 2);
  assert.ok(!database.file.includes('/'));
  const { tables } = await app.get(`/api/v1/databases/${id}/tables`);
  assert.deepEqual(tables.map(({ name, access }) => [name, access]).sort(), [
    ['cities', 'hidden'],
    ['orders', 'hidden'],
  ]);
  assert.deepEqual(await rowsOf(app, second.table.id), [
    ['Paris', '2020-01-31T10:00:00Z'],
    ['Rome', null],
  ]);
  assert.equal((await rowsOf(app, first.table.id)).length, 2);
  assert.deepEqual(await filesIn('uploads'), []);
  assert.deepEqual((await app.get('/api/v1/database-files')).files, []);
  const { events } = await app.get('/api/v1/audit?limit=10');
  assert.ok(events.some(({ action }) => action === 'upload.imported'));
  check(await inspect(app, second.id), { status: 409, problem: { code: 'conflict' } });
});

test('an import that can not be is refused at once, or says why it failed', async () => {
  const { id } = await upload(app, 'o.csv', csv);
  const order = (more) =>
    startImport(app, id, { database: { name: 'New' }, table: { name: 't', label: 'T' }, ...more });
  for (const [more, status, field] of [
    [{ database: { name: 'Ours' } }, 409, 'database.name'],
    [{ database: { id: database.id }, table: { name: 'ORDERS', label: 'O' } }, 409, 'table.name'],
    [{ table: { name: '', label: 'T' } }, 400, 'table.name'],
    [{ columns: [] }, 400, 'columns'],
    [{ columns: [{ name: 'id', type: 'blob' }] }, 400, 'columns[0].type'],
    [{ format: 'xlsx' }, 400, 'format'],
    [{ database: {} }, 400, 'database.name'],
  ]) {
    const answer = await order(more);
    assert.equal(answer.status, status, answer.text);
    assert.equal(answer.json.field, field);
  }
  check(await order({ database: { id: 'dbs_unknown' } }), {
    status: 404,
    problem: { code: 'not_found' },
  });
  await order({ columns: [{ name: 'city', type: 'integer' }] });
  const failed = await importEnd(app, id);
  assert.equal(failed.state, 'failed');
  assert.equal(failed.reason, 'The column can not be read as this type.');
  assert.ok(!(await app.get('/api/v1/databases')).databases.some(({ name }) => name === 'New'));
  await imported(app, id, { name: 'New' }, 't');
});

const le = (text) => Buffer.from(text, 'utf16le');
const tail = (bytes) =>
  Buffer.concat([Buffer.from('PAR1'), Buffer.alloc(64, 120), bytes, Buffer.from('PAR1')]);
for (const [what, content, reason] of [
  ['ragged rows', 'a,b,c\n1,2,3\n4,5\n', 'Line 3 has 2 columns; the first line has 3.'],
  ['UTF-16', Buffer.concat([Buffer.from([0xff, 0xfe]), le('a,b\n1,2\n')]), /UTF-16/],
  ['UTF-16 without its mark', le('a,b\n1,2\n'), /not a text file/],
  ['Latin-1', Buffer.from('name\ncaf\xe9\n', 'latin1'), /Line 2 is not UTF-8/],
  ['gzip', Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0]), /packed/],
  ['zip', 'PK\u0003\u0004 anything', /packed/],
  ['a NUL', 'a,b\n1,\u0000\n', /not a text file/],
  ['only line ends', '\n\n \n', /no columns/],
  ['10,000 columns', `${'c,'.repeat(9999)}c\n`, /10000 columns; 1000 are the most/],
  ['a line of 3 MB', `a,b\n1,${'x'.repeat(3 << 20)}\n`, /Line 2 is longer than 2 MB/],
  ['a quote without an end', 'a,b\n1,"x\n2,y\n', /quoted value has no end/],
  ['Parquet that is cut off', 'PAR1 and nothing more', /damaged or cut off/],
  ['Parquet of a false length', tail(Buffer.from([0xff, 0xff, 0xff, 0x7f])), /damaged or cut off/],
  ['Parquet of a false footer', tail(Buffer.from([64, 0, 0, 0])), /damaged or cut off/],
  ['JSON that ends too soon', '[{"a":1},{"a":', /not valid JSON/],
  ['JSON that is no list of objects', '[1,2]', /not a list of JSON objects/],
  ['JSON nested without an end', `${'[{"a":'.repeat(50_000)}`, /JSON/],
]) {
  test(`a file with ${what} is refused in plain words`, async () => {
    const { id } = await upload(app, 'bad', content);
    const answer = await inspect(app, id);
    check(answer, {
      status: 422,
      problem: { code: 'invalid_file' },
      echoes: true,
      notExpected: ['Error', id, server.dataDir, /\bSELECT\b|duckdb|read_csv|exception/i],
    });
    if (typeof reason === 'string') assert.equal(answer.json.detail, reason);
    else assert.match(answer.json.detail, reason);
    await app.remove(`${path}/${id}`);
  });
}

test('a header alone is a table without rows', async () => {
  const { id } = await upload(app, 'h.csv', 'a,,a\n');
  const { json } = await inspect(app, id, { header: true });
  assert.deepEqual(
    json.columns.map(({ name }) => name),
    ['a', 'column 2', 'a 2'],
  );
  await app.remove(`${path}/${id}`);
});

test('a removal ends an import, and nothing of it is left', async () => {
  const before = await filesIn('databases/imported');
  const { id } = await upload(
    app,
    'big.csv',
    `id,text\n${'1,a text that is long enough\n'.repeat(500_000)}`,
  );
  const table = { name: 't', label: 'T' };
  check(await startImport(app, id, { database: { name: 'Removed' }, table }), { status: 202 });
  check(await app.remove(`${path}/${id}`), { status: 204 });
  for (
    let tries = 0;
    tries < 50 && (await filesIn('databases/imported')).length > before.length;
    tries += 1
  ) {
    await pause(100);
  }
  assert.deepEqual(await filesIn('databases/imported'), before);
  assert.deepEqual(await filesIn('uploads'), []);
  assert.ok(!(await app.get('/api/v1/databases')).databases.some(({ name }) => name === 'Removed'));
});

test('the import worker does nothing for who starts it by hand', async () => {
  const job = JSON.stringify({ parent: 1, addressSpaceBytes: 1, cpuSeconds: 1, fileBytes: 1 });
  for (const input of ['', '{}', job]) {
    const { code, stdout } = await command(['import-worker'], { input });
    assert.deepEqual([code, stdout], [1, '']);
  }
});

/** A Parquet file of what `select` gives. */
async function parquetOf(select) {
  const folder = await temporaryFolder();
  const file = join(folder, 'a.parquet');
  const instance = await DuckDBInstance.create();
  const connection = await instance.connect();
  await connection.run(`COPY (${select}) TO '${file}' (COMPRESSION zstd, ROW_GROUP_SIZE 2048)`);
  connection.closeSync();
  instance.closeSync();
  const content = await readFile(file);
  await rm(folder, { recursive: true });
  return content;
}

test('a Parquet bomb is given up when it is looked into', async () => {
  const bomb = await parquetOf("SELECT repeat('x', 1000000) || hash(i) AS a FROM range(4000) r(i)");
  assert.ok(bomb.length < 8 << 20, `${bomb.length} bytes`);
  const { id } = await upload(app, 'bomb', bomb);
  check(await inspect(app, id), { status: 422, problem: { code: 'invalid_file' } });
  assert.ok((await residentMemory(server.pid)) < 400 << 20);
  await app.remove(`${path}/${id}`);
});

test('a worker that is killed fails its import and nothing else', async () => {
  const { id } = await upload(app, 'big.csv', `id\n${'12345678\n'.repeat(3_000_000)}`);
  const order = { database: { name: 'Crashed' }, table: { name: 't', label: 'T' } };
  check(await startImport(app, id, order), { status: 202 });
  process.kill(await childOf(server.pid), 'SIGSEGV');
  const failed = await importEnd(app, id);
  assert.equal(failed.state, 'failed');
  assert.match(failed.reason, /can not be read/);
  assert.equal((await send(server, { path: '/healthz' })).status, 200);
  await imported(app, id, { name: 'Again' }, 't');
});

test('a server that is killed in an import says so, and has the old state', async () => {
  const { id } = await upload(
    app,
    'big.csv',
    `id,text\n${'1,a text that is long enough\n'.repeat(1_000_000)}`,
  );
  const table = { name: 'big', label: 'Big' };
  const kept = await filesIn('databases/imported');
  check(await startImport(app, id, { database: { id: database.id }, table }), { status: 202 });
  await pause(150);
  await server.kill();
  const again = await watchedServer({
    dataDir: server.dataDir,
    env: { ARACARI_UPLOAD_MIB_MAX: '64' },
  });
  try {
    const back = await signIn(again, server.account);
    const failed = await back.get(`${path}/${id}`);
    assert.equal(failed.state, 'failed');
    assert.equal(failed.reason, 'The server was stopped during the import. Import again.');
    const now = await filesIn('databases/imported');
    assert.ok(now.length > 0 && now.every((file) => kept.includes(file)), `${now}`);
    const spilt = await filesIn('spill');
    assert.ok(!spilt.some((name) => name.startsWith('import-')), `${spilt}`);
    const { tables } = await back.get(`/api/v1/databases/${database.id}/tables`);
    assert.equal(tables.length, 2);
    assert.equal((await rowsOf(back, tables.find(({ name }) => name === 'orders').id)).length, 2);
    const { table: big } = await imported(back, id, { id: database.id }, 'big');
    assert.equal((await rowsOf(back, big.id)).length, 200);
  } finally {
    await again.stop();
  }
});

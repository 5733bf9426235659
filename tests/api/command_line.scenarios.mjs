// The program's words: help, options, configuration; and each way in which `serve` can not start.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, cp, mkdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { command, freePort, program, serve, temporaryFolder } from '../harness/aracari.mjs';
import { copyDemo } from './support/demo_server.mjs';

const folder = await temporaryFolder();
after(() => rm(folder, { recursive: true, force: true }));

/** Runs `words`; asserts that it fails with one line on stderr that matches `said`, nothing else. */
async function assertFails(words, code, said, options) {
  const outcome = await command(words, options);
  assert.equal(outcome.code, code, outcome.stderr + outcome.stdout);
  assert.match(outcome.stderr, said);
  assert.equal(outcome.stderr.trim().split('\n').length, 1, outcome.stderr);
  assert.doesNotMatch(outcome.stdout, /ready/);
  assert.doesNotMatch(outcome.stderr, /terminate|exception|SQLITE|\.cc/i);
  return outcome;
}

test('config lists every option with variable, key, default and meaning', async () => {
  const { code, stdout } = await command(['config']);
  assert.equal(code, 0);
  const { stdout: help } = await command(['serve', '--help']);
  const flags = [...help.matchAll(/^ +(--[a-z-]+)/gm)].map(([, flag]) => flag);
  assert.ok(flags.length > 15);
  for (const flag of flags) {
    const name = flag.slice(2);
    const variable = `ARACARI_${name.toUpperCase().replaceAll('-', '_')}`;
    assert.ok(stdout.includes(`${flag}  ${variable}  ${name.replaceAll('-', '_')}\n    `), flag);
  }
  assert.match(stdout, /Default: 8080\n/);
  assert.match(stdout, /Default: 86400 seconds\n/);
});

test('secrets are no flags: other users of the machine could read them', async () => {
  const { stdout } = await command(['serve', '--help']);
  assert.doesNotMatch(stdout, /--admin-password|--master-key/);
  await assertRefusesFlag('--admin-password');
  await assertRefusesFlag('--master-key');
});

async function assertRefusesFlag(flag) {
  const { code, stderr } = await command(['serve', '--data-dir', join(folder, 'none'), flag, 'x']);
  assert.equal(code, 2);
  assert.ok(stderr.includes(flag), stderr);
}

for (const list of ['everybody', '10.0.0.1/8', '0.0.0.0/0', '10.0.0.1,']) {
  test(`serve does not start with the trusted proxies “${list}”`, async () => {
    const dataDir = join(folder, 'untrusted');
    await assertFails(
      ['serve', '--data-dir', dataDir, '--port', `${await freePort()}`, '--trusted-proxies', list],
      2,
      /trusted-proxies: /,
    );
  });
}

test('a key made at the command line ends when it was told to', async () => {
  const { dataDir } = await copyDemo();
  const create = (...more) =>
    command([
      ...['keys', 'create', '--data-dir', dataDir, '--environment', 'sandbox', '--name', 'Brief'],
      ...more,
    ]);
  const list = async () => {
    const { stdout } = await command(['keys', 'list', '--data-dir', dataDir]);
    return stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
  };
  assert.equal((await create('--expires-in', '90d')).code, 0);
  const [{ createdAt, expiresAt }] = await list();
  assert.equal(Date.parse(expiresAt) - Date.parse(createdAt), 90 * 86_400_000);
  assert.equal((await create()).code, 0);
  const before = await list();
  assert.ok(before.some((key) => key.name === 'Brief' && key.expiresAt === null));
  for (const wrong of ['90', 'd', '0d', '-1d', '1.5h', '90 d', '1y', '36501d']) {
    const { code, stdout, stderr } = await create('--expires-in', wrong);
    assert.equal(code, 2, `${wrong}: ${stdout}${stderr}`);
    assert.equal(stdout, '', 'no key is made');
  }
  assert.equal((await list()).length, before.length);
  await rm(dirname(dataDir), { recursive: true, force: true });
});

for (const words of [
  [],
  ['serve'],
  ['config'],
  ['keys'],
  ['keys', 'create'],
  ['users'],
  ['users', 'create'],
  ['tokens'],
  ['tokens', 'introspect'],
]) {
  test(`aracari ${words.join(' ')} --help`, async () => {
    const { code, stdout, stderr } = await command([...words, '--help']);
    assert.equal(code, 0);
    assert.match(stdout, /Usage: aracari/);
    assert.equal(stderr, '');
  });
}

for (const words of [
  [],
  ['keys'],
  ['nonsense'],
  ['serve', '--prot', '1'],
  ['serve', 'extra'],
  ['config', '--all'],
]) {
  test(`aracari ${words.join(' ')} is refused with exit code 2`, async () => {
    const { code, stdout, stderr } = await command(words);
    assert.equal(code, 2);
    assert.equal(stdout, '');
    assert.match(stderr, /--help/);
  });
}

test('--version', async () => {
  const { code, stdout } = await command(['--version']);
  assert.equal(code, 0);
  assert.match(stdout, /^aracari \d+\.\d+/);
});

test('all problems of a configuration are told at once', async () => {
  const file = join(folder, 'bad.toml');
  await writeFile(file, 'port = "x"\nfoo = 1\ncache_mib = -3\nlog_level = "loud"\nhost = [1]\n');
  const words = ['serve', '--data-dir', join(folder, 'none'), '--config', file];
  const { stderr } = await assertFails(words, 2, /port/);
  for (const name of ['foo', 'cache-mib', 'log-level', 'host'])
    assert.ok(stderr.includes(name), name);
});

for (const [name, text, said] of [
  ['no TOML', 'port = = 1', /configuration file can not be read/],
  ['a float as port', 'port = 80.5', /port/],
  ['a nested table', '[serve]\nport = 80', /serve/],
]) {
  test(`a configuration file with ${name} is refused`, async () => {
    const file = join(folder, 'broken.toml');
    await writeFile(file, text);
    await assertFails(['serve', '--data-dir', join(folder, 'none'), '--config', file], 2, said);
  });
}

for (const [name, words, env, said] of [
  ['no data directory', [], {}, /data-dir is required/],
  [
    'a missing configuration file',
    ['--config', join(folder, 'missing.toml')],
    {},
    /configuration file/,
  ],
  ['port 0', ['--port', '0'], {}, /port/],
  ['port 65536', ['--port', '65536'], {}, /port/],
  ['a word as port', ['--port', '80a'], {}, /port/],
  ['an unknown log level', ['--log-level', 'loud'], {}, /log-level/],
  ['a host that is not here', ['--host', '192.0.2.1'], {}, /192\.0\.2\.1/],
  ['a name as host', ['--host', 'example.com'], {}, /host/],
  ['a public URL that is none', ['--public-url', 'example'], {}, /public-url/],
  ['a word as number in the environment', [], { ARACARI_CACHE_MIB: 'much' }, /cache-mib/],
  ['a flag that is neither true nor false', [], { ARACARI_DEMO: 'maybe' }, /demo/],
  [
    'a master key that is too short',
    [],
    { ARACARI_MASTER_KEY: 'abc' },
    /master key must be 32 bytes/,
  ],
]) {
  test(`serve with ${name} does not start`, async () => {
    const dataDir = name.startsWith('no data') ? [] : ['--data-dir', join(folder, 'data')];
    await assertFails(['serve', ...dataDir, ...words], 2, said, { env });
  });
}

test('a flag wins over the environment, which wins over the file', async () => {
  const [fromFile, fromVariable, fromFlag] = [await freePort(), await freePort(), await freePort()];
  const file = join(folder, 'ports.toml');
  await writeFile(file, `port = ${fromFile}\nlog_level = "error"\n`);
  const env = { ARACARI_PORT: String(fromVariable), ARACARI_CONFIG: file };
  const server = await serve({ dataDir: join(folder, 'ports'), port: fromFlag, env });
  assert.match(server.output(), new RegExp(`127\\.0\\.0\\.1:${fromFlag}\n`));
  await server.stop();
  assert.doesNotMatch(server.output(), /"level":"info"/, 'the file set the log level');
});

test('a port in use is named', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const { port } = taken.address();
  const words = ['serve', '--data-dir', join(folder, 'port'), '--port', String(port)];
  const { code } = await assertFails(words, 2, new RegExp(`port ${port}.*in use`));
  assert.ok(code !== 0);
  taken.close();
});

test('a data directory that can not be made or is a file', async () => {
  const file = join(folder, 'file');
  await writeFile(file, '');
  await assertFails(['serve', '--data-dir', file], 1, /data directory .*file/);
  await assertFails(['serve', '--data-dir', join(folder, 'no', 'parent')], 1, /data directory/);
  await assertFails(['serve', '--data-dir', join(file, 'below')], 1, /data directory/);
  await assertFails(['serve', '--data-dir', '/proc/aracari'], 1, /data directory/);
});

const asNobody = ['setpriv', ['--reuid=65534', '--regid=65534', '--clear-groups', '--']];
const [tool, toolWords] = asNobody;
const canBecomeNobody = await new Promise((resolve) => {
  const child = spawn(tool, [...toolWords, program, '--version'], { stdio: 'ignore' });
  child.on('error', () => resolve(false));
  child.on('exit', (code) => resolve(code === 0));
});

test(
  'a data directory that is not writable',
  { skip: canBecomeNobody ? false : 'needs root, setpriv and a program that all may run' },
  async () => {
    const closed = join(folder, 'closed');
    await mkdir(closed);
    await chmod(dirname(closed), 0o755);
    await chmod(closed, 0o555);
    const child = spawn(tool, [
      ...toolWords,
      program,
      'serve',
      '--data-dir',
      closed,
      '--port',
      '1',
    ]);
    let said = '';
    child.stderr.on('data', (bytes) => (said += bytes));
    const [code] = await once(child, 'exit');
    assert.equal(code, 1);
    assert.match(said, /data directory .*closed.*Permission denied/);
    assert.equal(said.trim().split('\n').length, 1, said);
  },
);

test('another master key than the data’s is refused before anything is served', async () => {
  const { dataDir } = await copyDemo();
  const env = { ARACARI_MASTER_KEY: Buffer.alloc(32, 7).toString('base64url') };
  await assertFails(['serve', '--data-dir', dataDir], 2, /master key does not open/, { env });
  const file = join(dataDir, 'master.key');
  const right = await readFile(file);
  await writeFile(file, 'short\n');
  await assertFails(['serve', '--data-dir', dataDir], 2, /master key must be 32 bytes/);
  await rm(file);
  await assertFails(['serve', '--data-dir', dataDir], 2, /master key file is missing/);
  await assertFails(
    ['keys', 'create', '--data-dir', dataDir, '--environment', 'sandbox', '--name', 'x'],
    2,
    /master key file is missing/,
  );
  const asVariable = { ARACARI_MASTER_KEY: right.toString().trim() };
  const server = await serve({ dataDir, env: asVariable });
  await server.stop();
  await writeFile(file, right, { mode: 0o600 });
  await (await serve({ dataDir })).stop();
  await rm(dirname(dataDir), { recursive: true });
});

test('a damaged metadata file is told and left as it is', async () => {
  const { dataDir } = await copyDemo();
  const file = join(dataDir, 'aracari.db');
  await writeFile(
    file,
    'this is not a database at all, and long enough to be read as a header. '.repeat(20),
  );
  const before = await readFile(file);
  await assertFails(['serve', '--data-dir', dataDir], 1, /store|read/);
  assert.deepEqual(await readFile(file), before);
  await rm(dirname(dataDir), { recursive: true });
});

const demoFiles = join(dirname(program), '../share/aracari/demo');
for (const [name, damage, said] of [
  ['no Parquet file', (at) => rm(join(at, 'flights-3m.parquet')), /flights-3m\.parquet is missing/],
  ['no airports', (at) => rm(join(at, 'airports.csv')), /airports\.csv is missing/],
  [
    'half a Parquet file',
    (at) => truncate(join(at, 'flights-3m.parquet'), 5_000_000),
    /flights-3m\.parquet can not be read/,
  ],
  [
    'an empty Parquet file',
    (at) => truncate(join(at, 'flights-3m.parquet'), 0),
    /flights-3m\.parquet can not be read/,
  ],
  [
    'text as Parquet',
    (at) => writeFile(join(at, 'flights-3m.parquet'), 'a,b\n1,2\n'),
    /flights-3m\.parquet can not be read/,
  ],
]) {
  test(`the demo with ${name} says which file, and works once it is back`, async () => {
    const files = join(folder, 'demo');
    const dataDir = join(folder, `demo-${name.replaceAll(' ', '-')}`);
    await rm(files, { recursive: true, force: true });
    await cp(demoFiles, files, { recursive: true });
    await damage(files);
    const port = String(await freePort());
    const words = ['serve', '--data-dir', dataDir, '--port', port, '--demo', '--demo-files', files];
    await assertFails(words, 1, said);
    const plain = await serve({ dataDir });
    assert.match(plain.output(), /set-up secret/, 'no half of a demo was left');
    await plain.stop();
  });
}

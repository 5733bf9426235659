// A PostgreSQL server for a test: in a temporary folder, on a free port of the loopback interface,
// ended by its process id. It refuses to run as root, so as root it runs as a user without rights.

import { execFile, spawn } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { appendFile, chown, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { freePort } from './aracari.mjs';

const run = promisify(execFile);
const installed = '/usr/lib/postgresql';

/** The folder with postgres, initdb and psql; undefined where PostgreSQL is not installed. */
function findPrograms() {
  if (!existsSync(installed)) return undefined;
  const folders = readdirSync(installed)
    .sort()
    .map((version) => `${installed}/${version}/bin`);
  return folders.reverse().find((folder) => existsSync(`${folder}/initdb`));
}

/** What makes a child process one without rights, where we are root. */
function unprivileged() {
  if (process.getuid() !== 0) return {};
  const lines = readFileSync('/etc/passwd', 'utf8').split('\n');
  const users = lines.map((line) => line.split(':'));
  const [, , uid, gid] =
    users.find(([name]) => name === 'postgres') ?? users.find(([name]) => name === 'nobody');
  return { uid: Number(uid), gid: Number(gid) };
}

/**
 * A running server, or undefined where PostgreSQL is not installed.
 * @returns {Promise<{port: number, run: (sql: string, database?: string) => Promise<string>, kill: () => Promise<void>, start: () => Promise<void>, stop: () => Promise<void>} | undefined>}
 */
export async function startPostgres() {
  const programs = findPrograms();
  if (programs === undefined) return undefined;
  // Not below the folder of the run, which that user may not enter.
  const folder = await mkdtemp('/tmp/aracari-postgres-');
  const as = unprivileged();
  if (as.uid !== undefined) await chown(folder, as.uid, as.gid);
  const options = { cwd: '/', ...as };
  const data = `${folder}/data`;
  const words = [
    '-D',
    data,
    '-U',
    'postgres',
    '-A',
    'trust',
    '-E',
    'UTF8',
    '--locale=C.UTF-8',
    '--no-sync',
  ];
  await run(`${programs}/initdb`, words, options);
  const port = await freePort();
  const settings = `listen_addresses = '127.0.0.1'\nport = ${port}\nunix_socket_directories = '${folder}'\nfsync = off\n`;
  await appendFile(`${data}/postgresql.conf`, settings);
  const access = 'local all postgres trust\nhost all all 127.0.0.1/32 scram-sha-256\n';
  await writeFile(`${data}/pg_hba.conf`, access);

  let child;
  let ended;
  const signal = (name) => child && child.exitCode === null && child.kill(name);
  const sql = async (statements, database = 'postgres') => {
    const psql = ['-h', folder, '-p', String(port), '-U', 'postgres', '-d', database];
    const asked = [...psql, '-v', 'ON_ERROR_STOP=1', '-qAtX', '-c', statements];
    return (await run(`${programs}/psql`, asked, options)).stdout.trim();
  };
  const start = async () => {
    child = spawn(`${programs}/postgres`, ['-D', data], { ...options, stdio: 'ignore' });
    ended = new Promise((resolve) => child.once('exit', resolve));
    for (let i = 0; i < 200; i += 1) {
      if (await sql('SELECT 1').catch(() => '')) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error('PostgreSQL did not start.');
  };
  const kill = async () => {
    signal('SIGQUIT');
    await ended;
  };
  process.once('exit', () => {
    signal('SIGQUIT');
    rmSync(folder, { recursive: true, force: true });
  });
  await start();
  return {
    port,
    run: sql,
    start,
    kill,
    stop: async () => {
      await kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

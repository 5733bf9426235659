// Starts the real program for a test: its own data directory and port, ended by its process id.
// ARACARI_BIN names the program; the default is the release build.

import { spawn, execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

export const program =
  process.env.ARACARI_BIN ?? new URL('../../build/release/bin/aracari', import.meta.url).pathname;

const run = promisify(execFile);

/** A port that was free a moment ago. */
export async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

export async function temporaryFolder() {
  return mkdtemp(join(tmpdir(), 'aracari-test-'));
}

/** Runs a command of the program; resolves to {code, stdout, stderr} whatever its exit code. */
export async function command(args, { input = '', env = {} } = {}) {
  const child = run(program, args, { env: { ...process.env, ...env }, timeout: 30_000 });
  // A program that refuses its words may end before it reads.
  child.child.stdin.on('error', () => {});
  child.child.stdin.end(input);
  try {
    const { stdout, stderr } = await child;
    return { code: 0, stdout, stderr };
  } catch (failure) {
    return { code: failure.code, stdout: failure.stdout, stderr: failure.stderr };
  }
}

/**
 * A running server.
 * @param {{dataDir?: string, args?: string[], env?: object, port?: number}} options
 * @returns {Promise<{url, port, dataDir, output, pid, stop, kill, key, remove}>} `output()` is all it printed.
 */
export async function serve({ dataDir, args = [], env = {}, port } = {}) {
  dataDir ??= await temporaryFolder();
  port ??= await freePort();
  const child = spawn(program, ['serve', '--data-dir', dataDir, '--port', String(port), ...args], {
    env: { ...process.env, ...env },
  });
  let printed = '';
  child.stdout.on('data', (bytes) => (printed += bytes));
  child.stderr.on('data', (bytes) => (printed += bytes));
  const ended = new Promise((resolve) =>
    child.on('exit', (code, signal) => resolve({ code, signal })),
  );
  await ready(child, () => printed);

  const stop = async (signal = 'SIGTERM') => {
    child.kill(signal);
    return ended;
  };
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    dataDir,
    pid: child.pid,
    output: () => printed,
    stop,
    kill: () => stop('SIGKILL'),
    /** A new API key, made by the command line beside the running server. */
    key: async (environment, name = `Test ${environment}`) => {
      const words = [
        'keys',
        'create',
        '--data-dir',
        dataDir,
        '--environment',
        environment,
        '--name',
        name,
      ];
      return (await command(words)).stdout.trim();
    },
    remove: () => rm(dataDir, { recursive: true, force: true }),
  };
}

async function ready(child, printed) {
  for (let waited = 0; waited < 60_000; waited += 50) {
    if (printed().includes('Aracari is ready')) return;
    if (child.exitCode !== null) throw new Error(`The server ended: ${printed()}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  child.kill('SIGKILL');
  throw new Error(`The server is not ready after 60 s: ${printed()}`);
}

/** What the demo prints once: {email, password}. */
export function demoAdmin(output) {
  const [, email, password] = output.match(/Demo admin \(shown once\): {2}(\S+) {2}\/ {2}(\S+)/);
  return { email, password };
}

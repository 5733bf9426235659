// What all measurements share: a server on one core, the load on the other, tables.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

import { command, serve } from '../tests/harness/aracari.mjs';

export const run = promisify(execFile);
export const here = (path) => new URL(path, import.meta.url).pathname;

export const serverCore = '0';
export const loadCore = '1';
export const seconds = Number(process.env.ARACARI_BENCH_SECONDS ?? 3);
/** No rate limit that a load would meet. */
const unlimited = '1000000000';
export const oneCore = ['--network-threads', '1', '--engine-threads', '1', '--worker-threads', '2'];
export const mintBody = JSON.stringify({
  user: { distinctId: 'customer-4711', attributes: { state: 'TX' } },
  expiresIn: '1h',
});

export const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

/** A server whose threads, present and future, run on one core. */
export async function serveOnOneCore(dataDir, ...args) {
  const env = { ARACARI_SANDBOX_REQUESTS_PER_MINUTE: unlimited };
  const server = await serve({ dataDir, args: [...oneCore, ...args], env });
  await run('taskset', ['--all-tasks', '--cpu-list', '--pid', serverCore, String(server.pid)]);
  return server;
}

/** A new sandbox key of the command line; `words` are more of its options. */
export async function makeKey(dataDir, ...words) {
  const made = await command([
    ...['keys', 'create', '--data-dir', dataDir, '--environment', 'sandbox', '--name', 'Benchmark'],
    ...['--requests-per-minute', unlimited, ...words],
  ]);
  assert.equal(made.code, 0, made.stderr);
  return made.stdout.trim();
}

export async function ask(server, path, { method = 'POST', headers, body } = {}) {
  const response = await fetch(server.url + path, { method, headers, body });
  const text = await response.text();
  assert.equal(response.status, 200, `${path}: ${text}`);
  return text;
}

/** What `pid` has used of the processors since its start, in microseconds. */
export async function processorTime(pid) {
  const fields = (await readFile(`/proc/${pid}/stat`, 'utf8')).split(') ')[1].split(' ');
  const ticks = Number(fields[11]) + Number(fields[12]); // utime and stime of proc(5), 100 a second
  return ticks * 10_000;
}

/**
 * wrk on so many connections: {rate, least_us, p50_us, p99_us, cpu_us}. `bodies` names a file with a body a line, sent one
 * after the other; `tokens` one with a token a line, of which each request takes one at random.
 */
export async function loadOn(
  connections,
  server,
  path,
  { method = 'POST', headers, body = '', holds = '', bodies = '', tokens = '' },
) {
  const used = await processorTime(server.pid);
  const { stdout } = await run(
    'taskset',
    [
      ...['--cpu-list', loadCore, 'wrk', '--threads', '1', '--connections', String(connections)],
      ...['--duration', `${seconds}s`, '--timeout', '10s', '--script', here('request.lua')],
      ...[server.url + path, '--', method, body, holds, '"error":'],
      ...Object.entries(headers).flat(),
    ],
    { env: { ...process.env, ARACARI_BENCH_BODIES: bodies, ARACARI_BENCH_TOKENS: tokens } },
  );
  const measured = JSON.parse(stdout.trim().split('\n').at(-1));
  assert.equal(measured.failed, 0, `${path}: ${measured.failed} wrong answers`);
  const cpu_us = ((await processorTime(server.pid)) - used) / measured.requests;
  return { ...measured, cpu_us };
}

/** On one connection and on 64. */
export async function load(server, path, request) {
  return {
    one: await loadOn(1, server, path, request),
    many: await loadOn(64, server, path, request),
  };
}

/** Nanoseconds of each Google Benchmark that `filter` matches, by name. */
export async function coreBenchmarks(dataDir, filter) {
  const { stdout } = await run(
    'taskset',
    [
      ...['--cpu-list', serverCore, here('../build/release/bench/core_bench')],
      ...['--benchmark_format=json', '--benchmark_min_time=0.4', `--benchmark_filter=${filter}`],
    ],
    { env: { ...process.env, ARACARI_BENCH_DATA_DIR: dataDir } },
  );
  const { benchmarks } = JSON.parse(stdout);
  for (const each of benchmarks)
    assert.ok(!each.error_occurred, `${each.name}: ${each.error_message}`);
  return Object.fromEntries(benchmarks.map((each) => [each.name, each.cpu_time]));
}

export const whole = (number) => Math.round(number).toLocaleString('en-US');
export const milliseconds = (microseconds) =>
  (microseconds / 1000).toFixed(microseconds < 10_000 ? 2 : 1);
export const microseconds = (nanoseconds) => (nanoseconds / 1000).toFixed(1);
export const table = (head, rows) =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

export const httpHead = [
  'request',
  ...['1 connection', '64 connections'].flatMap((many) => [many, 'least', 'p50', 'p99', 'CPU µs']),
];
export const httpRow = ([name, { one, many }]) => [
  name,
  ...[one, many].flatMap((each) => [
    whole(each.rate),
    milliseconds(each.least_us),
    milliseconds(each.p50_us),
    milliseconds(each.p99_us),
    each.cpu_us.toFixed(0),
  ]),
];

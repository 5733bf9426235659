// Runs all API scenarios against the real program. `node tests/api/run.mjs [part of a file name …]`
// The last line is `N passed, N failed`, with the skipped ones where there are any.

import { mkdir, readdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { finished } from 'node:stream/promises';
import { run } from 'node:test';
import { temporaryFolder } from '../harness/aracari.mjs';
import { makeTemplate } from './support/demo_server.mjs';

const folder = new URL('.', import.meta.url).pathname;
const wanted = process.argv.slice(2);
const counts = { passed: 0, failed: 0, skipped: 0 };

function report(file, { name, details, skip }, failed) {
  if (details.type === 'suite' && !failed) return;
  if (skip !== undefined) {
    counts.skipped += 1;
    console.log(`SKIP ${basename(file)}: ${name}: ${skip}`);
  } else if (failed) {
    counts.failed += 1;
    const { cause = details.error } = details.error;
    const reason = String(cause?.stack ?? cause).slice(0, 1500);
    console.log(`FAIL ${basename(file)}: ${name}\n     ${reason}\n`);
  } else {
    counts.passed += 1;
  }
}

async function scenarioFiles() {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.scenarios.mjs')).sort();
  return names
    .filter((name) => wanted.length === 0 || wanted.some((part) => name.includes(part)))
    .map((name) => folder + name);
}

async function runFile(file) {
  const events = run({ files: [file], timeout: 240_000 });
  events.on('test:pass', (event) => report(file, event, false));
  events.on('test:fail', (event) => report(file, event, true));
  events.on('test:stdout', ({ message }) => process.stdout.write(message));
  events.on('test:stderr', ({ message }) => process.stderr.write(message));
  await finished(events.resume());
}

/** Two files at a time: most of a scenario is waiting for the server. */
async function runAll(files) {
  const work = async () => {
    for (let file = files.shift(); file; file = files.shift()) await runFile(file);
  };
  await Promise.all([work(), work()]);
}

// All temporary folders of the run lie in this one, so that none is left behind.
const runFolder = await temporaryFolder();
process.env.TMPDIR = runFolder;
process.env.ARACARI_TEST_TEMPLATE = join(runFolder, 'template');
try {
  await mkdir(process.env.ARACARI_TEST_TEMPLATE);
  await makeTemplate(process.env.ARACARI_TEST_TEMPLATE);
  await runAll(await scenarioFiles());
  await rm(runFolder, { recursive: true, force: true });
} catch (problem) {
  counts.failed += 1;
  console.log(`FAIL ${problem.stack}`);
}
process.exitCode = counts.failed === 0 && counts.passed > 0 ? 0 : 1;
const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : '';
console.log(`${counts.passed} passed, ${counts.failed} failed${skipped}`);

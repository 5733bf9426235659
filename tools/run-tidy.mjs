// run-tidy [<build folder>]   (default: build/test)
//
// Runs clang-tidy over our sources, tests apart, in that folder's compile_commands.json, as many at a
// time as there are cores. A file that was clean is not looked at again until it, a header of ours
// that it includes, its compile command or .clang-tidy changes: build/tidy/ holds one empty file for
// each.

import { execFile, execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const kTidy = 'clang-tidy-19';
const kRoot = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const kCleanFolder = join(kRoot, 'build/tidy');
const kOurs = /^(src|tests|fuzz)\//;

const ours = (path) => kOurs.test(relative(kRoot, path));

/** Map(object file → the headers and sources of ours it was built from), from ninja's log. */
function readDependencies(build) {
  const text = execFileSync('ninja', ['-C', build, '-t', 'deps'], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const dependencies = new Map();
  let files;
  for (const line of text.split('\n')) {
    if (line.startsWith('    ')) {
      const path = resolve(build, line.trim());
      if (ours(path)) files?.push(path);
    } else if (line.includes(': #deps')) {
      files = [];
      // Stale or missing entries are no base for skipping a file.
      if (line.endsWith('(VALID)')) dependencies.set(line.split(':')[0], files);
    }
  }
  return dependencies;
}

const memory = new Map();
function digest(path) {
  if (!memory.has(path)) {
    memory.set(path, createHash('sha256').update(readFileSync(path)).digest('hex'));
  }
  return memory.get(path);
}

/** What has to stay the same for a clean file to stay clean; undefined when that is not known. */
function keyOf(command, dependencies, setup) {
  const files = dependencies.get(/ -o (\S+)/.exec(command)?.[1]);
  if (!files?.every(existsSync)) return undefined;
  const hash = createHash('sha256').update(setup).update(command);
  for (const path of [...files].sort()) hash.update(`${path} ${digest(path)}\n`);
  return hash.digest('hex');
}

function readJobs(build, setup) {
  const dependencies = readDependencies(build);
  const commands = JSON.parse(readFileSync(join(build, 'compile_commands.json'), 'utf8'));
  return commands
    .filter(({ file }) => ours(file) && !file.endsWith('_test.cc'))
    .map(({ file, command }) => ({ build, file, key: keyOf(command, dependencies, setup) }));
}

async function tidy({ build, file, key }) {
  try {
    await promisify(execFile)(kTidy, ['-p', build, '--quiet', file], {
      timeout: 240_000,
      maxBuffer: 1 << 26,
    });
    if (key) writeFileSync(join(kCleanFolder, key), '');
    return true;
  } catch (error) {
    console.log(error.stdout || `${relative(kRoot, file)}: ${error.message}`);
    return false;
  }
}

async function main(build) {
  const version = execFileSync(kTidy, ['--version'], { encoding: 'utf8' });
  const setup = version + readFileSync(join(kRoot, '.clang-tidy'), 'utf8');
  const jobs = readJobs(resolve(build), setup);
  mkdirSync(kCleanFolder, { recursive: true });
  const keys = new Set(jobs.map(({ key }) => key));
  for (const name of readdirSync(kCleanFolder)) {
    if (!keys.has(name)) rmSync(join(kCleanFolder, name));
  }
  const queue = jobs.filter(({ key }) => !key || !existsSync(join(kCleanFolder, key)));
  const all = queue.length;
  let done = 0;
  let faulty = 0;
  const work = async () => {
    for (let job = queue.pop(); job; job = queue.pop()) {
      if (!(await tidy(job))) faulty += 1;
      done += 1;
      console.log(`[${done}/${all}] ${relative(kRoot, job.file)}`);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  console.log(`${jobs.length} files, ${all} looked at, ${faulty} with findings`);
  return faulty === 0 ? 0 : 1;
}

process.exitCode = await main(process.argv[2] ?? 'build/test');

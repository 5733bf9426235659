// Pages of documentation as programs: their fenced blocks, run as a reader would run them.
//
// A block's language says what becomes of it: `sh` runs in one bash after those before it, `sh background` runs beside the
// later ones, a language with a file name (`js server.mjs`) is saved under that name, `json` and `text` are what the `sh`
// block before them prints (`…` stands for anything), `console` is only shown.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { freePort, program, temporaryFolder } from './aracari.mjs';

const docs = new URL('../../docs/', import.meta.url);
const limitMilliseconds = 60_000;
/** Between what two blocks print. */
const border = '----- the next block -----';

/** The fenced blocks of docs/`name`.md, in their order: {language, more, text, line}. */
export async function readBlocks(name) {
  const markdown = await readFile(new URL(`${name}.md`, docs), 'utf8');
  return [...markdown.matchAll(/^```(\S+)(?: (.*))?\n([\s\S]*?)^```$/gm)].map(
    ([, language, more = '', text], index) => ({ language, more, text, number: index + 1 }),
  );
}

/**
 * A folder in which the blocks of a page work on `server`: its data directory is `data` and the program lies where the
 * build puts it.
 */
export async function openTutorial(name, server) {
  const folder = await temporaryFolder();
  await symlink(server.dataDir, join(folder, 'data'));
  await symlink(join(dirname(program), '../..'), join(folder, 'build'));
  const ports = { 3000: await freePort(), 8081: await freePort() };
  /** What the page calls by the names of its examples. */
  const adapt = (text) =>
    text
      .replaceAll('http://127.0.0.1:8080', server.url)
      .replaceAll(/\b(3000|8081)\b/g, (port) => ports[port])
      .replaceAll('$PWD/build/release/bin', dirname(program));
  const blocks = await readBlocks(name);
  for (const { language, more, text } of blocks) {
    const [, file] = /^([\w.-]+)$/.exec(language === 'sh' ? '' : more) ?? [];
    if (file) await writeFile(join(folder, file), adapt(text));
  }
  const bash = startBash(folder);
  return {
    folder,
    url: `http://localhost:${ports[3000]}`,
    /** Runs the `sh` blocks; gives each with what it printed. */
    run: () =>
      bash.run(
        blocks.filter(({ language }) => language === 'sh'),
        adapt,
        Object.values(ports),
      ),
    blocks,
    close: async () => {
      await bash.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function startBash(folder) {
  // A group of its own, so that what runs in the background ends with it.
  const bash = spawn('bash', ['--norc', '-euo', 'pipefail'], {
    cwd: folder,
    detached: true,
    env: { ...process.env, PATH: `${dirname(process.execPath)}:${process.env.PATH}` },
  });
  let printed = '';
  let complaints = '';
  bash.stdout.on('data', (bytes) => (printed += bytes));
  bash.stderr.on('data', (bytes) => (complaints += bytes));
  const ended = once(bash, 'exit');
  const waitFor = async (count) => {
    for (const end = Date.now() + limitMilliseconds; Date.now() < end;) {
      if (printed.split(border).length > count) return;
      if (bash.exitCode !== null) break;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    throw new Error(`Block ${count} of the page does not end well:\n${printed}\n${complaints}`);
  };
  return {
    async run(blocks, adapt, ports) {
      for (const [index, { more, text }] of blocks.entries()) {
        const adapted = adapt(text);
        bash.stdin.write(more === 'background' ? inBackground(adapted, ports) : adapted);
        bash.stdin.write(`\necho '${border}'\n`);
        await waitFor(index + 1);
      }
      const outputs = printed.split(border);
      return blocks.map((block, index) => ({ ...block, printed: outputs[index].trim() }));
    },
    async close() {
      if (bash.exitCode === null) process.kill(-bash.pid, 'SIGTERM');
      await ended;
    },
  };
}

/** Starts `text` beside the later blocks and waits until it answers. What it prints may come at any time: nobody reads it. */
function inBackground(text, ports) {
  const answers = ports.map((port) => `curl -so answer http://localhost:${port}`).join(' || ');
  return `{ ${text.trim()}; } > background.log 2>&1 &
for try in $(seq 100); do if ${answers}; then break; fi; sleep 0.1; done`;
}

/** Fails where `printed` is not what a block of `language` says. */
export function assertPrinted(printed, { language, text }, place) {
  if (language === 'json') {
    assertLike(JSON.parse(printed), JSON.parse(text), place);
  } else {
    assert.match(printed, patternOf(text.trim()), place);
  }
}

function patternOf(text) {
  const escaped = text.split('…').map((part) => part.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  return new RegExp(`^${escaped.join('[^]*')}$`);
}

function assertLike(actual, wanted, place) {
  if (typeof wanted === 'string' && wanted.includes('…')) {
    assert.match(String(actual), patternOf(wanted), place);
  } else if (Array.isArray(wanted)) {
    assert.equal(actual?.length, wanted.length, place);
    wanted.forEach((each, index) => assertLike(actual[index], each, `${place}[${index}]`));
  } else if (wanted !== null && typeof wanted === 'object') {
    const { '…': more, ...members } = wanted;
    if (more === undefined) assert.deepEqual(Object.keys(actual), Object.keys(members), place);
    for (const [name, each] of Object.entries(members)) {
      assertLike(actual?.[name], each, `${place}.${name}`);
    }
  } else {
    assert.deepEqual(actual, wanted, place);
  }
}

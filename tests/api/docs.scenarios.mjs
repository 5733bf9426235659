// Documentation: pages as HTML and Markdown, and where errors lead to.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, test } from 'node:test';
import { command } from '../harness/aracari.mjs';
import { demoServer } from './support/demo_server.mjs';
import { send } from './support/request.mjs';

const server = await demoServer();
after(() => server.end());

const get = (path, headers = {}) => send(server, { path, headers });
const names = (await get('/llms.txt')).text
  .match(/\/docs\/[a-z-]+\.md/g)
  .map((path) => path.slice('/docs/'.length, -'.md'.length));

/** Pages that the program makes of what they describe. */
const generated = ['options', 'command-line'];

const source = (path) => readFileSync(new URL(`../../src/${path}`, import.meta.url), 'utf8');

/** Map(code → status), as the program has it. */
function readStatuses() {
  const names = new Map(
    [...source('base/error.cc').matchAll(/case Code::(\w+): return \{"([a-z_]+)"/g)].map(
      ([, constant, name]) => [constant, name],
    ),
  );
  const statuses = new Map();
  const cases = /((?:case Code::\w+:\s*)+)return (\d{3});/g;
  for (const [, constants, status] of source('http/problem.cc').matchAll(cases)) {
    for (const [, constant] of constants.matchAll(/Code::(\w+)/g)) {
      statuses.set(names.get(constant), status);
    }
  }
  return statuses;
}

test('each page is there as HTML, on which nothing runs, and as Markdown', async () => {
  assert.ok(names.length >= 4, `${names}`);
  assert.equal(names[0], 'index');
  for (const name of names) {
    const page = await get(`/docs/${name}`);
    assert.equal(page.status, 200);
    assert.equal(page.headers['content-type'], 'text/html; charset=utf-8');
    assert.match(page.headers['content-security-policy'], /default-src 'none'/);
    assert.doesNotMatch(page.headers['content-security-policy'], /script-src|unsafe/);
    assert.doesNotMatch(page.text, /<script|javascript:|\son\w+=/i);
    assert.ok(page.text.includes(`href="/docs/${name}.md"`));
    assert.ok(page.text.includes('href="/llms.txt"'));
    const markdown = await get(`/docs/${name}.md`);
    assert.equal(markdown.headers['content-type'], 'text/markdown; charset=utf-8');
    if (generated.includes(name)) continue;
    assert.equal(
      markdown.text,
      readFileSync(new URL(`../../docs/${name}.md`, import.meta.url), 'utf8'),
    );
  }
  assert.equal((await get('/docs')).text, (await get('/docs/index')).text);
  assert.equal((await get('/docs/style/docs.css')).status, 200);
});

test('each link of a page leads somewhere', async () => {
  const ids = new Map();
  for (const name of names) {
    const { text } = await get(`/docs/${name}`);
    ids.set(`/docs/${name}`, new Set([...text.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)));
  }
  for (const name of names) {
    const { text } = await get(`/docs/${name}`);
    for (const [, href] of text.matchAll(/href="(\/[^"]*)"/g)) {
      const [path, id] = href.split('#');
      assert.equal((await get(path)).status, 200, `${name} → ${href}`);
      if (id) assert.ok(ids.get(path)?.has(id), `${name} → ${href}`);
    }
  }
});

test('the type of each error leads to its section, which tells its status', async () => {
  const { text } = await get('/docs/errors');
  const sections = [...text.matchAll(/<h3 id="([^"]+)">.*<\/h3>\n<p>Status (\d+)\./g)];
  assert.deepEqual(
    sections.map(([, id, status]) => [id, status]).sort(),
    [...readStatuses()].sort(),
  );
  const refusal = await get('/api/v1/dashboards');
  assert.equal(refusal.json.type, `/docs/errors#${refusal.json.code}`);
});

test('the page of options has a section for each that `aracari config` lists', async () => {
  const { stdout } = await command(['config']);
  const listed = [...stdout.matchAll(/^--(\S+) {2}(\S+) {2}(\S+)\n {4}(.*)$/gm)];
  assert.ok(listed.length > 20);
  const { text } = await get('/docs/options.md');
  for (const [, name, variable, key, meaning] of listed) {
    assert.ok(text.includes(`\n## ${name}\n\n${meaning}\n`), name);
    assert.ok(text.includes(`\`${variable}\`, \`${key}\`.`), name);
  }
  assert.equal(text.match(/^## /gm).length, listed.length);
  for (const secret of ['--admin-password', '--master-key']) assert.ok(!text.includes(secret));
});

test('the page of commands has what --help says of each', async () => {
  const { text } = await get('/docs/command-line.md');
  const sections = text.split('\n## ').slice(1);
  assert.ok(sections.length >= 14, text);
  assert.ok(!text.includes('import-worker'), 'not for people');
  for (const section of sections) {
    const [name, , meaning] = section.split('\n');
    const { code, stdout } = await command([...name.split(' ').slice(1), '--help']);
    assert.equal(code, 0, name);
    assert.equal(stdout.split('\n')[0], meaning);
    if (name === 'aracari serve') continue;
    const helped = [...stdout.matchAll(/^ +(--[\w-]+)/gm)].map(([, flag]) => flag);
    const told = [...section.matchAll(/^- `(--[\w-]+)`/gm)].map(([, flag]) => flag);
    assert.deepEqual(told, helped, name);
  }
});

const ask = (path, parameters, headers) =>
  get(`/docs/${path}?${new URLSearchParams(parameters)}`, headers);

test('a question is answered with passages and their places, in three forms', async () => {
  const question = { ask: 'my token has expired' };
  const json = await ask('index', question, { accept: 'application/json' });
  assert.equal(json.json.passages[0].url, '/docs/errors#token_expired');
  const page = await ask('index', question);
  assert.ok(page.text.includes('href="/docs/errors#token_expired"'));
  const markdown = await ask('index.md', question);
  assert.equal(markdown.headers['content-type'], 'text/markdown; charset=utf-8');
  assert.ok(markdown.text.includes('## [token_expired](/docs/errors#token_expired)'));
});

test('a question that nothing fits, or that is none, is told so', async () => {
  for (const question of ['volcano', '', '???', 'quelle heure']) {
    const { json } = await ask('index', { ask: question }, { accept: 'application/json' });
    assert.deepEqual(json.passages, []);
    assert.match(json.detail, /Nothing in the documentation fits/);
  }
  for (const question of [
    '"',
    'title:x OR *',
    '<script>alert(1)</script>',
    '../../etc/passwd',
    '\u202e',
  ]) {
    const answer = await ask('index', { ask: question });
    assert.equal(answer.status, 200, question);
    assert.ok(!answer.text.includes('<script'), answer.text);
  }
  for (const parameters of [{ ask: 'x'.repeat(1001) }, { ask: 'a', goal: 'x'.repeat(1000) }]) {
    assert.equal((await ask('index', parameters)).status, 400);
  }
  assert.equal((await get('/docs/index?ask=a&ask=b')).status, 400);
});

test('a question of a megabyte is refused before it is read', async () => {
  const status = await ask('index', { ask: 'x'.repeat(1 << 20) }).then(
    (answer) => answer.status,
    (problem) => problem.code,
  );
  assert.ok([400, 414, 431, 'ECONNRESET', 'EPIPE'].includes(status), `${status}`);
  assert.equal((await get('/docs')).status, 200);
});

test('questions in other languages and with marks of every kind are answered', async () => {
  for (const question of [
    'как отозвать токен',
    'トークンを取り消す方法',
    'como revogo um token?',
    'token OR 1=1 --',
    'NEAR("token" "key", 5)',
    '{page_title} : token',
    '%00%ff',
    '/docs/../../etc/passwd',
    '{{7*7}} ${7*7}',
  ]) {
    const { status, json, text } = await ask(
      'index',
      { ask: question },
      { accept: 'application/json' },
    );
    assert.equal(status, 200, question);
    assert.ok(Array.isArray(json.passages), question);
    assert.doesNotMatch(text, /fts5|syntax error|SQL logic|root:/i);
  }
});

test('a page that does not exist is told so, with those that may be meant', async () => {
  for (const name of ['eror', 'errors.htm', 'ERRORS', '<b>errors', 'x'.repeat(2000)]) {
    const answer = await get(`/docs/${encodeURIComponent(name)}`);
    assert.equal(answer.status, 404, name);
    assert.ok(!answer.text.includes('<b>'), answer.text);
  }
  assert.ok((await get('/docs/eror')).text.includes('Perhaps you look for'));
  for (const path of ['/docs/..%2f..%2fetc%2fpasswd', '/docs/errors.md/x', '/docs/%00']) {
    const { status } = await get(path);
    assert.ok(status === 404 || status === 400, `${path}: ${status}`);
  }
});

test('who asks without end is told to wait', async () => {
  let refused;
  for (let asked = 0; asked < 1300 && !refused; asked += 50) {
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => ask('index', { ask: 'token' })),
    );
    refused = answers.find(({ status }) => status !== 200);
  }
  assert.equal(refused?.status, 429);
  assert.ok(Number(refused.headers['retry-after']) > 0, refused.headers['retry-after']);
  assert.equal((await get('/docs/errors')).status, 200, 'reading goes on');
});

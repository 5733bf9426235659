// What is written in the repository: links lead somewhere, one word stands for one idea, and labels are those of the app.

import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

const root = new URL('../../', import.meta.url);
const read = (path) => readFileSync(new URL(path, root), 'utf8');
const pages = readdirSync(new URL('docs/', root))
  .filter((name) => name.endsWith('.md'))
  .map((name) => `docs/${name}`);
const texts = ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', ...pages];
/** Made by the program, and so in no folder. */
const generated = ['docs/options.md', 'docs/command-line.md'];

const prose = (path) => read(path).replaceAll(/^ *```[^]*?^ *```$/gm, '');

function anchorsOf(path) {
  const headings = [...prose(path).matchAll(/^#+ (.*)$/gm)].map(([, text]) => text);
  return headings.map((text) =>
    text
      .toLowerCase()
      .replaceAll(/[^a-z0-9_ -]/g, '')
      .replaceAll(' ', '-'),
  );
}

for (const path of texts) {
  test(`links of ${path}`, () => {
    for (const [, target] of prose(path).matchAll(/\]\((?!https?:|mailto:)([^)]+)\)/g)) {
      const [file, anchor] = target.split('#');
      const url = new URL(file || path.split('/').at(-1), new URL(path, root));
      const name = url.pathname.slice(root.pathname.length);
      if (generated.includes(name)) continue;
      assert.ok(existsSync(url), `${path} → ${target}`);
      if (anchor) assert.ok(anchorsOf(name).includes(anchor), `${path} → ${target}`);
    }
  });
}

test('each page of the app leads to a section that exists', () => {
  const help = read('web/packages/admin/src/shell/help.ts');
  const addresses = [...help.matchAll(/'\/docs\/([a-z-]+)(?:#([^']+))?'/g)];
  assert.ok(addresses.length >= 10, help);
  for (const [address, name, anchor] of addresses) {
    assert.ok(pages.includes(`docs/${name}.md`), address);
    if (anchor) assert.ok(anchorsOf(`docs/${name}.md`).includes(anchor), address);
  }
});

/** What others call our things, and our word. */
const otherWords = [
  [/\bAPI tokens?\b|\baccess keys?\b/i, 'API key'],
  [/\bguest tokens?\b|\btest tokens?\b/i, 'embed token, sandbox token'],
  [/\bdata ?sources?\b/i, 'database'],
  [/\b(RLS|row|access) polic(y|ies)\b|\brow filters?\b/i, 'access rule'],
  [/\b(white|allow)list(s|ed)?\b|\ballowed origins?\b/i, 'authorized origin'],
  [/\bwidgets?\b/i, 'chart'],
  [/\bcustom claims?\b|\buser attributes?\b/i, 'token attribute'],
  [/\bend-users?\b|\bendusers?\b/i, 'end user'],
  [/\badministrators?\b|\bsuperusers?\b/i, 'admin'],
  [/\bworkspaces?\b/i, 'organization'],
  [/\be-mails?\b/i, 'email'],
  [/\bstaging environment\b|\btest environment\b/i, 'sandbox'],
];

for (const path of ['README.md', ...pages]) {
  test(`one word per idea in ${path}`, () => {
    const text = prose(path).replaceAll(/`[^`]*`/g, '');
    for (const [other, ours] of otherWords) {
      assert.equal(text.match(other)?.[0], undefined, `${path}: we say “${ours}”`);
    }
  });
}

function sourcesBelow(folder, ending) {
  return readdirSync(new URL(folder, root), { recursive: true })
    .filter((name) => name.endsWith(ending) && !/node_modules|dist|_test/.test(name))
    .map((name) => read(folder + name))
    .join('\n');
}

test('labels that the documentation names are those of the app', () => {
  const app =
    sourcesBelow('web/packages/', '.ts') +
    read('src/catalog/departures.cc') +
    read('src/catalog/demo.cc');
  const words = app.replaceAll(/\$\{[\w.]+\}/g, '').replaceAll(/\s+/g, ' ');
  const unknown = [];
  for (const path of pages) {
    for (const [, label] of prose(path).matchAll(/(?<![*\w])\*([A-Z][^*\n]*)\*(?!\*)/g)) {
      for (const part of label.split(' → ')) {
        // Sentences that the app makes of parts are not looked for; a verb gets its dots there.
        if (part.endsWith('.') || part.includes(':')) continue;
        if (!words.includes(part.replace(/…$/, ''))) unknown.push(`${path}: ${part}`);
      }
    }
  }
  assert.deepEqual(unknown, []);
});

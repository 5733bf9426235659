// The tutorials of the documentation: every command and snippet is run against a server, and prints what the page says.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, test } from 'node:test';
import { assertPrinted, openTutorial, readBlocks } from '../harness/tutorial.mjs';
import { demoServer } from './support/demo_server.mjs';

const page = (name) => readFileSync(new URL(`../../docs/${name}.md`, import.meta.url), 'utf8');
const tutorials = [
  ...page('index')
    .match(/^## Tutorials\n([\s\S]*?)^## /m)[1]
    .matchAll(/\(([a-z-]+)\.md\)/g),
].map(([, name]) => name);
/** Not among the tutorials, and to be followed like them. */
const followed = ['getting-started', ...tutorials];
const saved = ['js', 'python', 'html', 'toml'];

test('the start page lists the tutorials', () => {
  assert.ok(tutorials.length >= 7, `${tutorials}`);
});

for (const name of tutorials) {
  test(`${name} has an objective, prerequisites, numbered steps, a conclusion and next steps`, () => {
    const headings = [...page(name).matchAll(/^(#+) (.*)$/gm)].map(([, , text]) => text);
    const steps = headings.filter((text) => /^\d+\. /.test(text));
    assert.deepEqual(
      steps.map((text) => Number.parseInt(text, 10)),
      steps.map((_, index) => index + 1),
    );
    assert.ok(steps.length >= 4);
    assert.deepEqual(headings.slice(1, 2), ['Prerequisites']);
    assert.deepEqual(headings.slice(-2), ['Conclusion', 'Next steps']);
    assert.match(page(name), /At the end of this\s+page /);
  });
}

for (const name of followed) {
  test(`every block of ${name} is run, saved or compared`, async () => {
    const blocks = await readBlocks(name);
    assert.equal(
      blocks.length * 2,
      page(name).match(/^```/gm)?.length,
      'each fence has a language',
    );
    const prose = page(name).replaceAll(/^```[^]*?^```$/gm, '');
    assert.doesNotMatch(prose, /\n\n {4}/, 'code that is indented has no language');
    for (const [index, { language, more }] of blocks.entries()) {
      const place = `block ${index + 1} of ${name}`;
      if (saved.includes(language)) assert.match(more, /^[\w-]+\.\w+$/, `${place} has a file name`);
      else if (['json', 'text'].includes(language))
        assert.equal(blocks[index - 1].language, 'sh', place);
      else assert.ok(['sh', 'console'].includes(language), `${place} is ${language}`);
    }
  });

  test(`${name} does what it says`, async () => {
    const server = await demoServer();
    after(() => server.end());
    const tutorial = await openTutorial(name, server);
    try {
      const ran = await tutorial.run();
      let last;
      for (const block of tutorial.blocks) {
        if (block.language === 'sh') last = ran.shift();
        const compared = ['json', 'text'].includes(block.language);
        if (compared) assertPrinted(last.printed, block, `${name}, block ${block.number}`);
      }
    } finally {
      await tutorial.close();
    }
  });
}

test('only what starts or installs the demo is shown without being run', async () => {
  for (const name of followed) {
    for (const { language, text } of await readBlocks(name)) {
      if (language === 'console') assert.match(text, /^\.\/run( --[\w-]+)*\n$/);
    }
  }
});

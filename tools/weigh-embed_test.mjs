import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadedWith } from './weigh-embed.mjs';

const files = {
  'embed.js': 'export{a as A}from"./core-1.js";',
  'core-1.js': 'import"./words-2.js";const later=()=>import("./plot-3.js");',
  'words-2.js': 'import{x}from"./core-1.js";',
  'plot-3.js': 'import{y}from"./core-1.js";',
};

test('what is imported is weighed, what is loaded later is not', () => {
  const loaded = [...loadedWith('embed.js', (name) => files[name])];
  assert.deepEqual(loaded, ['embed.js', 'core-1.js', 'words-2.js']);
  assert.ok(!loaded.includes('plot-3.js'));
});

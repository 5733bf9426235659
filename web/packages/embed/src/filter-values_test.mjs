import assert from 'node:assert/strict';
import { test } from 'node:test';
import { languageOf } from '../../charts/src/language.ts';
import { withEnd, withValue } from './filter-values.ts';

test('a ticked value is added or removed, and none at all is no filter', () => {
  assert.deepEqual(withValue(['a'], 'b', true), ['a', 'b']);
  assert.deepEqual(withValue(['a', 'b'], 'a', true), ['b']);
  assert.equal(withValue(['a'], 'a', true), undefined);
  assert.deepEqual(withValue(['a'], null, true), ['a', null]);
  assert.deepEqual(withValue(['a'], 'b', false), ['b']);
});

test('a range may be open at one end, and at both it is no filter', () => {
  assert.deepEqual(withEnd({ from: 1 }, 'to', 5), { from: 1, to: 5 });
  assert.deepEqual(withEnd({ from: 1, to: 5 }, 'from', undefined), { to: 5 });
  assert.equal(withEnd({ to: '2026-01-01' }, 'to', undefined), undefined);
});

test('the words of presets are there in each language', async () => {
  const { loadWords } = await import('../../charts/src/language.ts');
  for (const locale of ['fr', 'de', 'es', 'ja']) {
    await loadWords(locale);
    const { presets } = languageOf(locale).texts;
    assert.equal(new Set(Object.values(presets)).size, 11, locale);
    assert.notEqual(presets.yesterday, 'Yesterday');
  }
});

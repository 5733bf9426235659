import assert from 'node:assert/strict';
import { test } from 'node:test';
import { contrastOf, isColor, layThemes } from './theme-colors.js';

test('a colour is six digits, and nothing else is', () => {
  assert.ok(isColor('#0A0b0c'));
  for (const other of ['red', '#fff', 'url(https://evil.example)', '#000000;}', undefined])
    assert.ok(!isColor(other), String(other));
});

test('a dashboard’s theme lies over the organization’s, dark colours one by one', () => {
  const below = { accent: '#111111', radius: 4, dark: { accent: '#eeeeee', text: '#ffffff' } };
  assert.deepEqual(layThemes(below, { accent: '#222222', dark: { accent: '#dddddd' } }), {
    accent: '#222222',
    radius: 4,
    dark: { accent: '#dddddd', text: '#ffffff' },
  });
  assert.deepEqual(layThemes({}, {}), {});
});

test('contrast is that of WCAG', () => {
  assert.equal(contrastOf('#000000', '#ffffff'), 21);
  assert.equal(contrastOf('#336699', '#336699'), 1);
  assert.ok(Math.abs(contrastOf('#767676', '#ffffff') - 4.54) < 0.01);
});

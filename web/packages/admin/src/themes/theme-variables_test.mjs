import assert from 'node:assert/strict';
import { test } from 'node:test';
import { contrastOf, layThemes, variablesOf } from './theme-variables.js';

test('only what a theme says becomes a property', () => {
  assert.deepEqual([...variablesOf({}, 'light')], []);
  assert.deepEqual(
    [...variablesOf({ accent: '#112233', radius: 0, density: 'compact' }, 'light')],
    [
      ['--aracari-accent', '#112233'],
      ['--aracari-radius', '0px'],
      ['--aracari-gap', '10px'],
    ],
  );
});

test('what is no colour is left out', () => {
  const theme = { accent: 'url(https://evil.example)', text: 'red;}', colors: ['#010203', 'x'] };
  assert.deepEqual([...variablesOf(theme, 'light')], [['--_series-1', '#010203']]);
});

test('dark has colours of its own, and shares font and radius', () => {
  const theme = { accent: '#111111', font: 'Inter', dark: { accent: '#eeeeee' } };
  assert.deepEqual(
    [...variablesOf(theme, 'dark')],
    [
      ['--aracari-accent', '#eeeeee'],
      ['--aracari-font', 'Inter'],
    ],
  );
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

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatTick, formatValue } from './chart-values.ts';
import { languageOf } from './language.ts';

const column = (more) => ({
  name: 'a',
  label: 'A',
  role: 'metric',
  type: 'numeric',
  values: [],
  ...more,
});
const plain = (text) => text.replaceAll(/[\u00a0\u202f]/g, ' ');

test('numbers, percents and currencies are written as the locale writes them', () => {
  const [english, german, french, japanese] = ['en-US', 'de', 'fr', 'ja'].map((tag) =>
    languageOf(tag),
  );
  const euro = column({ format: { style: 'currency', currency: 'EUR', decimals: 2 } });
  assert.equal(formatValue(euro, 1234.5, english), '€1,234.50');
  assert.equal(plain(formatValue(euro, 1234.5, german)), '1.234,50 €');
  const yen = column({ format: { style: 'currency', currency: 'JPY' } });
  assert.match(formatValue(yen, 1234, japanese), /^[¥￥]1,234$/);
  const share = column({ format: { style: 'percent' } });
  assert.equal(plain(formatValue(share, 0.1234, french)), '12,3 %');
  assert.equal(formatTick(euro, 40000, english), '€40K');
  assert.equal(formatTick(euro, 0, english), '€0');
});

test('a currency that is none is no error', () => {
  const odd = column({ format: { style: 'currency', currency: '<b>' } });
  assert.equal(formatValue(odd, 12, languageOf('en')), '12');
});

test('locales and time zones that are none are the browser’s and UTC', () => {
  const { locale, timeZone } = languageOf('not a locale', 'Moon/Base');
  assert.equal(locale, navigator.language);
  assert.equal(timeZone, 'UTC');
});

test('times move into the time zone, but never days', () => {
  const tokyo = languageOf('en-US', 'Asia/Tokyo');
  const time = column({ role: 'dimension', type: 'datetime' });
  assert.equal(plain(formatValue(time, '2026-01-01T20:00:00Z', tokyo)), 'Jan 2, 2026, 5:00 AM');
  const day = { ...time, grain: 'day' };
  assert.equal(
    formatValue(day, '2026-01-01T00:00:00Z', languageOf('en-US', 'America/Chicago')),
    'Jan 1, 2026',
  );
});

test('grains have names: quarters, weeks, months of the year', () => {
  const english = languageOf('en-US');
  const step = (grain, type = 'date') => column({ role: 'dimension', type, grain });
  assert.equal(formatValue(step('quarter'), '2026-04-01', english), 'Q2 2026');
  assert.equal(formatValue(step('monthOfYear', 'integer'), 3, languageOf('fr')), 'mars');
  assert.equal(formatValue(step('dayOfWeek', 'integer'), 7, english), 'Sunday');
});

test('what is empty has a word in a dimension and a dash in a metric', () => {
  const english = languageOf('en-US');
  assert.equal(
    formatValue(column({ role: 'dimension', type: 'string' }), null, english),
    '(empty)',
  );
  assert.equal(formatValue(column({}), null, english), '–');
  assert.equal(formatValue(column({}), NaN, english), '–');
});

test('Arabic is written from right to left', () => {
  assert.equal(languageOf('ar').rightToLeft, true);
  assert.equal(languageOf('de').rightToLeft, false);
});

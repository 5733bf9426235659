import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bestType, fittingTypes } from './chart-types.js';

const time = { type: 'date', time: true };
const text = { type: 'string', time: false };
const number = { type: 'numeric', time: false };
const shape = (metrics, ...dimensions) => ({
  metrics,
  dimensions,
});

test('a lone metric is a value, a gauge or a table, and nothing with axes', () => {
  assert.deepEqual(fittingTypes(shape(1)), ['value', 'gauge', 'table']);
  assert.equal(bestType(shape(1)), 'value');
});

test('two metrics without a dimension are no gauge', () => {
  assert.deepEqual(fittingTypes(shape(2)), ['value', 'table']);
});

test('one metric by a time may be a value with comparison; by a text it may not', () => {
  assert.ok(fittingTypes(shape(1, time)).includes('value'));
  assert.ok(!fittingTypes(shape(1, text)).includes('value'));
  assert.equal(bestType(shape(1, time)), 'line');
  assert.equal(bestType(shape(1, text)), 'bar');
});

test('a pie has one metric by one dimension', () => {
  assert.ok(fittingTypes(shape(1, text)).includes('circular'));
  assert.ok(!fittingTypes(shape(2, text)).includes('circular'));
  assert.ok(!fittingTypes(shape(1, text, text)).includes('circular'));
});

test('two dimensions allow one metric only, but in a table', () => {
  assert.ok(fittingTypes(shape(1, text, text)).includes('heatmap'));
  assert.ok(fittingTypes(shape(1, text, text)).includes('stackedBar'));
  assert.deepEqual(fittingTypes(shape(2, text, text)), ['table']);
  assert.equal(bestType(shape(2, text, text)), 'table');
});

test('a map wants two numbers to place its points by', () => {
  assert.ok(fittingTypes(shape(1, number, number)).includes('map'));
  assert.ok(!fittingTypes(shape(1, number, text)).includes('map'));
});

test('scatter and combo want several metrics', () => {
  assert.ok(!fittingTypes(shape(1, text)).includes('scatter'));
  assert.ok(!fittingTypes(shape(1, text)).includes('combo'));
  assert.ok(fittingTypes(shape(2, text)).includes('scatter'));
  assert.ok(fittingTypes(shape(2, text)).includes('combo'));
  assert.ok(!fittingTypes(shape(4, text)).includes('scatter'));
});

test('nothing chosen fits nothing', () => {
  assert.deepEqual(fittingTypes(shape(0)), []);
});

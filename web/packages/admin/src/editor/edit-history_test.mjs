import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EditHistory } from './edit-history.js';

test('steps are taken back and done again, until something else is done', () => {
  const history = new EditHistory('a', () => 0);
  history.push('b');
  history.push('c');
  assert.equal(history.undo(), 'b');
  assert.equal(history.undo(), 'a');
  assert.equal(history.undo(), undefined);
  assert.equal(history.redo(), 'b');
  history.push('d');
  assert.equal(history.canRedo, false);
  assert.equal(history.undo(), 'b');
});

test('typing is one step; after a pause it is another', () => {
  let now = 0;
  const history = new EditHistory('', () => now);
  for (const text of ['S', 'Sa', 'Sal']) history.push(text, 'name');
  now = 5000;
  history.push('Sale', 'name');
  assert.equal(history.undo(), 'Sal');
  assert.equal(history.undo(), '');
});

test('changes of different kinds are different steps, and so are those after an undo', () => {
  const history = new EditHistory(0, () => 0);
  history.push(1, 'name');
  history.push(2, 'theme');
  assert.equal(history.undo(), 1);
  history.push(3, 'name');
  assert.equal(history.undo(), 1);
});

test('the past has an end', () => {
  const history = new EditHistory(0, () => 0);
  for (let step = 1; step <= 1000; step += 1) history.push(step);
  let undone = 0;
  while (history.undo() !== undefined) undone += 1;
  assert.equal(undone, 200);
});

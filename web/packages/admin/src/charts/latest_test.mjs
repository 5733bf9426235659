import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Latest } from './latest.js';

/** Timers that run when told to. */
function makeTimers() {
  const waiting = new Map();
  let next = 1;
  return {
    set: (act) => (waiting.set(next, act), next++),
    clear: (timer) => waiting.delete(timer),
    run: () => {
      const acts = [...waiting.values()];
      waiting.clear();
      for (const act of acts) act();
    },
  };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

test('of wishes in a row only the last is asked for', async () => {
  const asked = [];
  const timers = makeTimers();
  const latest = new Latest(
    async (wish) => asked.push(wish),
    () => {},
    300,
    timers,
  );
  latest.wish(1);
  latest.wish(2);
  timers.run();
  await settled();
  assert.deepEqual(asked, [2]);
});

test('what comes late of an older wish is not told, and its call is ended', async () => {
  const told = [];
  const calls = [];
  const timers = makeTimers();
  const latest = new Latest(
    (wish, signal) => new Promise((resolve) => calls.push({ wish, signal, resolve })),
    (outcome) => told.push(outcome),
    300,
    timers,
  );
  latest.wish('old');
  timers.run();
  latest.wish('new');
  assert.ok(calls[0].signal.aborted);
  timers.run();
  calls[1].resolve('new answer');
  calls[0].resolve('old answer');
  await settled();
  assert.deepEqual(told, [{ answer: 'new answer' }]);
});

test('a failure is told, and after a stop nothing is', async () => {
  const told = [];
  const timers = makeTimers();
  const failure = new Error('no');
  const latest = new Latest(
    () => Promise.reject(failure),
    (outcome) => told.push(outcome),
    300,
    timers,
  );
  latest.wish(1);
  timers.run();
  await settled();
  assert.deepEqual(told, [{ error: failure }]);
  latest.wish(2);
  timers.run();
  latest.stop();
  await settled();
  assert.equal(told.length, 1);
});

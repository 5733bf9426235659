import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Autosave } from './autosave.js';

/** A server with one dashboard, and timers that run when told to. */
function makeStage() {
  const stage = {
    stored: { version: 1, content: 'first' },
    calls: [],
    fail: undefined,
    waiting: new Map(),
    next: 1,
  };
  const save = async (version, content) => {
    stage.calls.push(content);
    if (stage.hold) await stage.hold;
    if (stage.fail) throw { failure: stage.fail };
    if (version !== stage.stored.version) throw { failure: 'conflict', current: stage.stored };
    return (stage.stored = { version: version + 1, content });
  };
  stage.saver = new Autosave(
    1,
    {
      save,
      versionOf: ({ version }) => version,
      judge: ({ failure }) => ({ kind: failure, what: failure }),
      theirsOf: ({ current }) => current,
      changed: () => {},
    },
    {
      set: (act) => (stage.waiting.set(stage.next, act), stage.next++),
      clear: (timer) => stage.waiting.delete(timer),
    },
  );
  stage.time = async () => {
    const acts = [...stage.waiting.values()];
    stage.waiting.clear();
    for (const act of acts) act();
    await settled();
  };
  return stage;
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

test('many changes are one save, of the last', async () => {
  const stage = makeStage();
  for (const content of ['a', 'b', 'c']) stage.saver.change(content);
  assert.equal(stage.saver.unsaved, true);
  await stage.time();
  assert.deepEqual(stage.calls, ['c']);
  assert.deepEqual(stage.saver.state, { name: 'saved' });
});

test('what changes while a save is under way is saved after it', async () => {
  const stage = makeStage();
  let release;
  stage.hold = new Promise((resolve) => (release = resolve));
  stage.saver.change('a');
  await stage.time();
  stage.saver.change('b');
  assert.deepEqual(stage.calls, ['a']);
  release();
  stage.hold = undefined;
  await settled();
  await stage.time();
  assert.deepEqual(stage.calls, ['a', 'b']);
  assert.equal(stage.stored.content, 'b');
});

test('a conflict stops it, keeps both, and is ended by a choice', async () => {
  const stage = makeStage();
  stage.stored = { version: 5, content: 'theirs' };
  stage.saver.change('mine');
  await stage.time();
  assert.deepEqual(stage.saver.state, { name: 'conflict' });
  assert.equal(stage.saver.theirs.content, 'theirs');
  stage.saver.change('mine again');
  await stage.time();
  assert.equal(stage.stored.content, 'theirs', 'nothing is written over without a choice');
  await stage.saver.keep('mine again');
  assert.equal(stage.stored.content, 'mine again');
  assert.equal(stage.saver.theirs, undefined);
});

test('to take theirs is to go on from their version', async () => {
  const stage = makeStage();
  stage.stored = { version: 5, content: 'theirs' };
  stage.saver.change('mine');
  await stage.time();
  stage.saver.restart(5);
  assert.equal(stage.saver.unsaved, false);
  stage.saver.change('next');
  await stage.time();
  assert.equal(stage.stored.content, 'next');
});

test('a lost network is tried again by itself, with what is newest', async () => {
  const stage = makeStage();
  stage.fail = 'passing';
  stage.saver.change('a');
  await stage.time();
  assert.equal(stage.saver.state.name, 'failed');
  stage.fail = undefined;
  await stage.time();
  assert.deepEqual(stage.saver.state, { name: 'saved' });
  assert.equal(stage.stored.content, 'a');
});

test('a refusal is not tried again until something has changed', async () => {
  const stage = makeStage();
  stage.fail = 'refused';
  stage.saver.change('a');
  await stage.time();
  await stage.time();
  assert.deepEqual(stage.calls, ['a']);
  assert.equal(stage.saver.unsaved, true);
  stage.fail = undefined;
  stage.saver.change('b');
  await stage.time();
  assert.equal(stage.stored.content, 'b');
});

test('flush saves at once', async () => {
  const stage = makeStage();
  stage.saver.change('a');
  await stage.saver.flush();
  assert.equal(stage.stored.content, 'a');
  assert.equal(stage.saver.unsaved, false);
});

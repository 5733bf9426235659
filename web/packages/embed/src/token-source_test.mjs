import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TokenSource } from './token-source.ts';

/** A clock that a test turns. */
function makeTimes(start = 1_000_000) {
  let now = start;
  let timers = [];
  return {
    now: () => now,
    setTimer: (run, milliseconds) => {
      const timer = { run, at: now + milliseconds };
      timers.push(timer);
      return timer;
    },
    clearTimer: (timer) => (timers = timers.filter((one) => one !== timer)),
    waiting: () => timers.length,
    /** Time passes; what should ring in it rings. */
    async pass(milliseconds) {
      const end = now + milliseconds;
      for (;;) {
        const next = timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
        if (!next) break;
        timers = timers.filter((one) => one !== next);
        now = Math.max(now, next.at);
        next.run();
        await settle();
      }
      now = end;
    },
    /** Time passes and nothing rings. */
    sleep: (milliseconds) => (now += milliseconds),
  };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

function listen(source) {
  const heard = { changes: 0, failures: 0 };
  const listener = {
    tokenChanged: () => (heard.changes += 1),
    tokenFailed: () => (heard.failures += 1),
  };
  source.add(listener);
  return { heard, listener };
}

function makeSource(answers, times = makeTimes()) {
  let calls = 0;
  const provider = () => {
    const answer = typeof answers === 'function' ? answers(calls) : answers[calls];
    calls += 1;
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  };
  const source = new TokenSource(provider, times);
  return { source, times, calls: () => calls };
}

const iso = (milliseconds) => new Date(milliseconds).toISOString();

test('twenty elements need one call', async () => {
  const { source, calls } = makeSource(['a']);
  const all = Array.from({ length: 20 }, () => listen(source));
  await settle();
  assert.equal(calls(), 1);
  assert.ok(all.every(({ heard }) => heard.changes === 1));
  assert.equal(source.token, 'a');
});

test('a token is renewed once before it ends, and not earlier', async () => {
  const { source, times, calls } = makeSource((at) => `token ${at}`);
  listen(source);
  await settle();
  source.learn('token 0', iso(times.now() + 900_000), iso(times.now()));
  await times.pass(830_000);
  assert.equal(calls(), 1);
  await times.pass(15_000);
  assert.equal(calls(), 2);
  assert.equal(source.token, 'token 1');
});

for (const minutes of [-10, 10]) {
  test(`the viewer's clock may be wrong by ${minutes} minutes`, async () => {
    const { source, times, calls } = makeSource((at) => `token ${at}`);
    listen(source);
    await settle();
    const server = times.now() + minutes * 60_000;
    source.learn('token 0', iso(server + 300_000), iso(server));
    await times.pass(230_000);
    assert.equal(calls(), 1);
    await times.pass(20_000);
    assert.equal(calls(), 2);
  });
}

test('after sleep the token is renewed at once', async () => {
  const { source, times, calls } = makeSource((at) => `token ${at}`);
  listen(source);
  await settle();
  source.learn('token 0', iso(times.now() + 300_000), iso(times.now()));
  times.sleep(3_600_000);
  source.check({ retryNow: true });
  await settle();
  assert.equal(calls(), 2);
});

test('a provider that fails is asked again after growing pauses, and recovers', async () => {
  const answers = [new Error('no'), new Error('no'), new Error('no'), 'late'];
  const { source, times, calls } = makeSource(answers);
  const { heard } = listen(source);
  await settle();
  assert.equal(calls(), 1);
  await times.pass(999);
  assert.equal(calls(), 1);
  await times.pass(2);
  assert.equal(calls(), 2);
  await times.pass(1_500);
  assert.equal(calls(), 2);
  await times.pass(600);
  assert.equal(calls(), 3);
  await times.pass(4_100);
  assert.deepEqual([calls(), source.token], [4, 'late']);
  assert.deepEqual(heard, { changes: 1, failures: 3 });
});

test('the old token stays while a renewal fails', async () => {
  const { source, times } = makeSource((at) => (at === 0 ? 'first' : new Error('no')));
  const { heard } = listen(source);
  await settle();
  source.learn('first', iso(times.now() + 300_000), iso(times.now()));
  await times.pass(250_000);
  assert.equal(source.token, 'first');
  assert.ok(heard.failures > 0);
});

test('a refused token is renewed once, however many elements were refused', async () => {
  const { source, calls } = makeSource((at) => `token ${at}`);
  listen(source);
  await settle();
  for (let element = 0; element < 20; element += 1) source.renew('token 0');
  await settle();
  assert.equal(calls(), 2);
  source.renew('token 0');
  await settle();
  assert.equal(calls(), 2);
});

test('a provider that gives the same refused token again is not asked in a loop', async () => {
  const { source, times, calls } = makeSource(() => 'same');
  listen(source);
  await settle();
  for (let round = 0; round < 50; round += 1) {
    source.renew('same');
    await settle();
  }
  assert.equal(calls(), 2);
  await times.pass(60_000);
  assert.ok(calls() < 10, String(calls()));
});

test('what is no token is a failure', async () => {
  const { source } = makeSource([undefined]);
  const { heard } = listen(source);
  await settle();
  assert.equal(heard.failures, 1);
});

test('without elements, nothing is asked and nothing waits', async () => {
  const { source, times, calls } = makeSource((at) => `token ${at}`);
  const { listener } = listen(source);
  await settle();
  source.learn('token 0', iso(times.now() + 300_000), iso(times.now()));
  source.remove(listener);
  assert.equal(times.waiting(), 0);
  await times.pass(900_000);
  assert.equal(calls(), 1);
});

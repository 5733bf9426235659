import assert from 'node:assert/strict';
import test from 'node:test';
import { FileTransfer } from './file-transfer.ts';

const size = 5_000_000;
const content = Uint8Array.from({ length: size }, (_, index) => (index * 31 + (index >> 8)) % 251);
const file = new Blob([content]);

class Refused extends Error {
  constructor(status, more = {}) {
    super(`status ${status}`);
    Object.assign(this, { status, detail: `Refused with ${status}.`, ...more });
  }
}

/** A server that keeps what it gets, and does once each what it is told to. */
class Receiver {
  kept = [];
  received = 0;
  calls = 0;
  asked = 0;
  /** By the number of the call: what happens instead. */
  constructor(incidents = {}) {
    this.incidents = incidents;
  }

  send = async (offset, bytes) => {
    this.calls += 1;
    const incident = this.incidents[this.calls] ?? this.incidents.always;
    if (incident) return incident(this, offset, bytes);
    return this.take(offset, bytes);
  };

  take(offset, bytes) {
    if (offset !== this.received) throw new Refused(409, { uploadOffset: this.received });
    this.kept.push(new Uint8Array(bytes));
    this.received += bytes.byteLength;
    return this.received;
  }

  ask = async () => {
    this.asked += 1;
    return this.received;
  };

  assertWhole() {
    assert.equal(this.received, size);
    assert.ok(Buffer.from(content).equals(Buffer.concat(this.kept)), 'the same bytes, once each');
  }
}

/** Time that passes only by sleeping. */
function makeAround() {
  let now = 0;
  const slept = [];
  return {
    slept,
    now: () => (now += 50),
    sleep: async (milliseconds) => {
      slept.push(milliseconds);
      now += milliseconds;
    },
  };
}

function makeTransfer(receiver, { received = 0, around = makeAround(), sent = file } = {}) {
  receiver.received = received;
  return new FileTransfer(sent, receiver, { received, chunkBytes: 1_000_000 }, around);
}

test('a file arrives whole, in pieces that the server takes', async () => {
  const receiver = new Receiver();
  const transfer = makeTransfer(receiver);
  await transfer.resume();
  assert.deepEqual(transfer.state, { kind: 'done' });
  receiver.assertWhole();
  assert.ok(receiver.kept.every(({ length }) => length <= 1_000_000));
  assert.equal(transfer.sent, size);
});

test('after a reload it goes on where the server is, and sends nothing twice', async () => {
  const receiver = new Receiver();
  const transfer = makeTransfer(receiver, { received: 1_234_567 });
  await transfer.resume();
  assert.equal(transfer.state.kind, 'done');
  assert.ok(Buffer.from(content.subarray(1_234_567)).equals(Buffer.concat(receiver.kept)));
});

test('a lost network is waited for, longer each time, and then it goes on', async () => {
  const down = () => {
    throw new Refused(0);
  };
  const receiver = new Receiver({ 2: down, 3: down, 4: down, 6: down });
  const around = makeAround();
  const transfer = makeTransfer(receiver, { around });
  await transfer.resume();
  receiver.assertWhole();
  assert.deepEqual(around.slept, [1000, 2000, 4000, 1000]);
});

test('a piece that arrived though its answer was lost is not sent again', async () => {
  const answerLost = (server, offset, bytes) => {
    server.take(offset, bytes);
    throw new Refused(0);
  };
  const receiver = new Receiver({ 2: answerLost });
  const transfer = makeTransfer(receiver);
  await transfer.resume();
  assert.equal(transfer.state.kind, 'done');
  receiver.assertWhole();
});

test('the offset of the server holds, forwards and backwards, with the header or without', async () => {
  const elsewhere = (more) => (server) => {
    server.kept = [content.slice(0, 700_000)];
    server.received = 700_000;
    throw new Refused(409, more);
  };
  const named = new Receiver({ 3: elsewhere({ uploadOffset: 700_000 }) });
  const asked = new Receiver({ 3: elsewhere({}) });
  for (const receiver of [named, asked]) {
    const transfer = makeTransfer(receiver);
    await transfer.resume();
    assert.equal(transfer.state.kind, 'done');
    receiver.assertWhole();
  }
  assert.deepEqual([named.asked, asked.asked], [0, 1]);
});

test('a server that is still writing a piece is given time', async () => {
  const busy = (server) => {
    throw new Refused(409, { uploadOffset: server.received });
  };
  const around = makeAround();
  const receiver = new Receiver({ 2: busy, 3: busy });
  await makeTransfer(receiver, { around }).resume();
  receiver.assertWhole();
  assert.deepEqual(around.slept, [1000, 2000]);
});

test('a server that answers nonsense is not followed for ever', async () => {
  for (const offset of [-1, size + 1, Number.NaN, 0]) {
    const receiver = new Receiver({ always: () => offset });
    const transfer = makeTransfer(receiver);
    await transfer.resume();
    assert.equal(transfer.state.kind, 'paused', String(offset));
    assert.equal(transfer.sent, 0);
    assert.ok(receiver.calls < 20);
  }
});

test('what will not pass ends it, with the reason of the server', async () => {
  for (const status of [400, 403, 404, 413, 507]) {
    const receiver = new Receiver({
      2: () => {
        throw new Refused(status);
      },
    });
    const transfer = makeTransfer(receiver);
    await transfer.resume();
    assert.deepEqual(transfer.state, { kind: 'failed', reason: `Refused with ${status}.` });
    assert.equal(receiver.calls, 2);
  }
});

test('a server that asks for patience gets it', async () => {
  const around = makeAround();
  const receiver = new Receiver({
    2: () => {
      throw new Refused(429, { retryAfterSeconds: 17 });
    },
  });
  await makeTransfer(receiver, { around }).resume();
  assert.deepEqual(around.slept, [17_000]);
  receiver.assertWhole();
});

test('after many tries in a row it pauses, says why, and can be resumed', async () => {
  const receiver = new Receiver({
    always: () => {
      throw new Refused(0);
    },
  });
  const transfer = makeTransfer(receiver);
  await transfer.resume();
  assert.equal(transfer.state.kind, 'paused');
  assert.match(transfer.state.reason, /has not answered/);
  assert.ok(receiver.calls > 5 && receiver.calls < 20);
  delete receiver.incidents.always;
  await transfer.resume();
  receiver.assertWhole();
});

test('a pause sends no further piece, and resuming brings the rest', async () => {
  const receiver = new Receiver();
  const transfer = makeTransfer(receiver);
  receiver.incidents[3] = (server, offset, bytes) => {
    transfer.pause();
    return server.take(offset, bytes);
  };
  await transfer.resume();
  assert.deepEqual(transfer.state, { kind: 'paused' });
  assert.equal(receiver.calls, 3);
  await transfer.resume();
  assert.equal(transfer.state.kind, 'done');
  receiver.assertWhole();
});

test('the wait for the network can be cut short, by going on or by a pause', async () => {
  const receiver = new Receiver({
    1: () => {
      throw new Refused(0);
    },
  });
  const around = makeAround();
  around.sleep = (_, signal) =>
    new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
  const transfer = makeTransfer(receiver, { around });
  const running = transfer.resume();
  await new Promise((resolve) => setTimeout(resolve, 5));
  assert.equal(transfer.state.kind, 'waiting');
  transfer.tryNow();
  await running;
  receiver.assertWhole();
});

test('a file that can no longer be read is said to be so, not taken for a lost network', async () => {
  const gone = {
    size,
    slice: () => ({ arrayBuffer: () => Promise.reject(new DOMException('', 'NotReadableError')) }),
  };
  const receiver = new Receiver();
  const transfer = makeTransfer(receiver, { sent: gone });
  await transfer.resume();
  assert.equal(transfer.state.kind, 'failed');
  assert.match(transfer.state.reason, /can no longer be read/);
  assert.equal(receiver.calls, 0);
});

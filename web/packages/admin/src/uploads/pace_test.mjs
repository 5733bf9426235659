import assert from 'node:assert/strict';
import test from 'node:test';
import { firstChunkBytes, nextChunkBytes, Pace } from './pace.ts';

test('the pace is that of the last seconds', () => {
  const pace = new Pace();
  assert.equal(pace.perSecond, 0);
  pace.start(0, 0);
  assert.equal(pace.perSecond, 0);
  for (let second = 1; second <= 20; second += 1) pace.mark(second * 1000, second * 100);
  assert.equal(Math.round(pace.perSecond), 100);
  for (let second = 21; second <= 40; second += 1)
    pace.mark(second * 1000, 2000 + (second - 20) * 500);
  assert.equal(Math.round(pace.perSecond), 500);
});

test('a pause does not count, and a step back is not a pace below zero', () => {
  const pace = new Pace();
  pace.start(0, 0);
  pace.mark(1000, 1000);
  pace.start(600_000, 1000);
  pace.mark(601_000, 3000);
  assert.equal(pace.perSecond, 2000);
  pace.mark(602_000, 0);
  assert.equal(pace.perSecond, 0);
});

const most = 8 * 1024 * 1024;

/** Sends some pieces over a line of this kind, and gives the size of the last one. */
function settle({ latency, bytesPerSecond }) {
  let size = firstChunkBytes(most);
  for (let piece = 0; piece < 20; piece += 1)
    size = nextChunkBytes(size, latency + (size / bytesPerSecond) * 1000, most);
  return size;
}

test('a long way to the server makes pieces larger, never smaller', () => {
  assert.equal(settle({ latency: 20, bytesPerSecond: 1e9 }), most);
  assert.equal(settle({ latency: 1200, bytesPerSecond: 1e9 }), most);
});

test('a slow line makes them smaller, but never tiny', () => {
  const slow = settle({ latency: 50, bytesPerSecond: 500_000 });
  assert.ok(slow >= 500_000 && slow <= 2_000_000, String(slow));
  assert.equal(settle({ latency: 50, bytesPerSecond: 1000 }), 256 * 1024);
});

test('a piece is never larger than the server takes', () => {
  assert.equal(firstChunkBytes(1000), 1000);
  assert.equal(nextChunkBytes(1000, 1, 1000), 1000);
  assert.equal(nextChunkBytes(600_000, 1, 1_000_000), 1_000_000);
});

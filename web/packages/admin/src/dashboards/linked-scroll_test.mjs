import assert from 'node:assert/strict';
import test from 'node:test';
import { LinkedScroll } from './linked-scroll.ts';

/** As the browser does: a position within the height, and an event a change. */
function makePart(most, events) {
  let top = 0;
  return {
    get scrollTop() {
      return top;
    },
    set scrollTop(wanted) {
      const next = Math.min(most, Math.max(0, wanted));
      if (next !== top) events.push(this);
      top = next;
    },
  };
}

function scroll(parts, events, part, to) {
  const link = new LinkedScroll();
  part.scrollTop = to;
  let handled = 0;
  for (; events.length > 0 && handled < 20; handled += 1) link.follow(events.shift(), parts);
  return handled;
}

test('the other part goes along, and that is the end of it', () => {
  const events = [];
  const parts = [makePart(500, events), makePart(500, events)];
  assert.equal(scroll(parts, events, parts[0], 200), 2);
  assert.deepEqual(
    parts.map(({ scrollTop }) => scrollTop),
    [200, 200],
  );
});

test('a shorter part goes as far as it can, and does not pull the longer one back', () => {
  const events = [];
  const parts = [makePart(500, events), makePart(120, events)];
  scroll(parts, events, parts[0], 400);
  assert.deepEqual(
    parts.map(({ scrollTop }) => scrollTop),
    [400, 120],
  );
});

test('after that, the shorter part leads when it is moved itself', () => {
  const events = [];
  const parts = [makePart(500, events), makePart(120, events)];
  const link = new LinkedScroll();
  const drain = () => {
    while (events.length > 0) link.follow(events.shift(), parts);
  };
  parts[0].scrollTop = 400;
  drain();
  parts[1].scrollTop = 60;
  drain();
  assert.deepEqual(
    parts.map(({ scrollTop }) => scrollTop),
    [60, 60],
  );
});

import assert from 'node:assert/strict';
import test from 'node:test';
import { addNode, asGroup, leavesOf, makeGroup, withNode, withoutNode } from './rule-tree.ts';

const [a, b, c] = ['a', 'b', 'c'].map((column) => ({ column, operator: 'isSet' }));

test('a single condition is drawn as a group of one', () => {
  assert.deepEqual(asGroup(a), { and: [a] });
  assert.deepEqual(asGroup({ or: [a] }), { or: [a] });
});

test('steps give new trees and leave the old ones alone', () => {
  const group = { or: [a, b] };
  assert.deepEqual(addNode(group, c), { or: [a, b, c] });
  assert.deepEqual(withNode(group, 1, c), { or: [a, c] });
  assert.deepEqual(withoutNode(group, 0), { or: [b] });
  assert.deepEqual(group, { or: [a, b] });
});

test('a group without nodes is gone', () => {
  assert.equal(withoutNode({ and: [a] }, 0), undefined);
});

test('a group keeps its nodes when AND becomes OR', () => {
  assert.deepEqual(makeGroup('or', [a, b]), { or: [a, b] });
});

test('leaves are named by the path that the server uses', () => {
  const tree = { and: [a, { or: [b, { and: [c] }] }] };
  assert.deepEqual(
    leavesOf(tree, 'rules[0].rows').map(({ path }) => path),
    ['rules[0].rows.and[0]', 'rules[0].rows.and[1].or[0]', 'rules[0].rows.and[1].or[1].and[0]'],
  );
  assert.deepEqual(leavesOf(a, 'rules[0].rows'), [{ leaf: a, path: 'rules[0].rows' }]);
});

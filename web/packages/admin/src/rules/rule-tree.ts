import type { RuleGroup, RuleTree } from '@aracari/api';

/**
 * Trees of AND and OR groups while they are drawn. Nothing is changed in place: every step gives a new tree, so that what
 * was stored can be compared with what was drawn.
 */
export type Junction = 'and' | 'or';

/** As deep as the page lets groups be drawn within each other. */
export const deepest = 4;

export function isGroup<Leaf extends object>(node: RuleTree<Leaf>): node is RuleGroup<Leaf> {
  return 'and' in node || 'or' in node;
}

export function junctionOf<Leaf>(group: RuleGroup<Leaf>): Junction {
  return 'and' in group ? 'and' : 'or';
}

export function nodesOf<Leaf>(group: RuleGroup<Leaf>): RuleTree<Leaf>[] {
  return 'and' in group ? group.and : group.or;
}

export function makeGroup<Leaf>(junction: Junction, nodes: RuleTree<Leaf>[]): RuleGroup<Leaf> {
  return junction === 'and' ? { and: nodes } : { or: nodes };
}

/** A tree as the page draws it: always a group at the root. */
export function asGroup<Leaf extends object>(tree: RuleTree<Leaf>): RuleGroup<Leaf> {
  return isGroup(tree) ? tree : { and: [tree] };
}

export function withNode<Leaf>(
  group: RuleGroup<Leaf>,
  index: number,
  node: RuleTree<Leaf>,
): RuleGroup<Leaf> {
  return makeGroup(
    junctionOf(group),
    nodesOf(group).map((each, at) => (at === index ? node : each)),
  );
}

export function addNode<Leaf>(group: RuleGroup<Leaf>, node: RuleTree<Leaf>): RuleGroup<Leaf> {
  return makeGroup(junctionOf(group), [...nodesOf(group), node]);
}

/** A group that would be left empty goes too; undefined where nothing is left. */
export function withoutNode<Leaf>(
  group: RuleGroup<Leaf>,
  index: number,
): RuleGroup<Leaf> | undefined {
  const nodes = nodesOf(group).filter((_, at) => at !== index);
  return nodes.length > 0 ? makeGroup(junctionOf(group), nodes) : undefined;
}

/** Every leaf with its JSON path below `path`, in reading order. */
export function leavesOf<Leaf extends object>(
  tree: RuleTree<Leaf>,
  path: string,
): { leaf: Leaf; path: string }[] {
  if (!isGroup(tree)) return [{ leaf: tree, path }];
  const junction = junctionOf(tree);
  return nodesOf(tree).flatMap((node, index) => leavesOf(node, `${path}.${junction}[${index}]`));
}

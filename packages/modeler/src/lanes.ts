import type { Elements } from '@tidemark/documents/diagram';
import type { Change } from './affected.ts';
import { isA, type ModdleElement } from './moddle.ts';
import type { References } from './references.ts';
import type { Tree } from './tree.ts';

/**
 * bpmn-js keeps in each flow node the lanes it is in, the other way round than the file does, and moves nodes between
 * lanes by that. Its importer adds to these lists, once more with each import; nobody else keeps them.
 */
export function wireLanes(
  nodes: Iterable<string>,
  elements: Elements,
  references: References,
  tree: Tree,
): void {
  for (const node of nodes) {
    const element = tree.elementOf(node);
    const lanes = isA(element, 'bpmn:FlowNode') ? element?.get('lanes') : null;
    if (!Array.isArray(lanes)) continue;
    const claimed: (ModdleElement | null)[] = [];
    for (const key of references.all(node)) {
      if (elements.get(key)?.lists.get(listed)?.includes(node)) claimed.push(tree.elementOf(key));
    }
    lanes.splice(0, lanes.length, ...claimed.filter((lane) => lane !== null));
  }
}

const listed = 'flowNodeRef';

/** The flow nodes whose lanes changes can bear on. */
export function nodesInLanes(changes: readonly Change[]): Set<string> {
  const nodes = new Set<string>();
  for (const { key, before, after } of changes) {
    // A new object in place of the node's.
    if (before?.type !== after?.type) nodes.add(key);
    if (before?.lists.get(listed) === after?.lists.get(listed) && before?.type === after?.type) continue;
    for (const element of [before, after])
      for (const node of element?.lists.get(listed) ?? []) nodes.add(node);
  }
  return nodes;
}

/** All flow nodes that are in a lane. */
export function allNodesInLanes(elements: Elements): Set<string> {
  const nodes = new Set<string>();
  for (const { lists } of elements.values()) for (const node of lists.get(listed) ?? []) nodes.add(node);
  return nodes;
}

import type { OutlineNode } from './outline.ts';

/** A line that is shown, with its place for the screen reader. */
export interface Row {
  readonly node: OutlineNode;
  /** From 1. */
  readonly level: number;
  /** From 1, among its siblings. */
  readonly place: number;
  readonly siblings: number;
  readonly parent: string | null;
  /** Null for one without children. */
  readonly open: boolean | null;
}

/** The lines of the tree, those inside of closed ones left out. */
export function rowsOf(nodes: readonly OutlineNode[], closed: ReadonlySet<string>): readonly Row[] {
  const rows: Row[] = [];
  const add = (list: readonly OutlineNode[], level: number, parent: string | null) => {
    for (const [index, node] of list.entries()) {
      const open = node.children.length === 0 ? null : !closed.has(node.key);
      rows.push({ node, level, place: index + 1, siblings: list.length, parent, open });
      if (open) add(node.children, level + 1, node.key);
    }
  };
  add(nodes, 1, null);
  return rows;
}

/** Keys of all that contains `key`, outermost first; null when the tree does not have it. */
export function pathTo(nodes: readonly OutlineNode[], key: string): readonly string[] | null {
  for (const node of nodes) {
    if (node.key === key) return [];
    const path = pathTo(node.children, key);
    if (path !== null) return [node.key, ...path];
  }
  return null;
}

/** The next line after `from` whose words begin with what was typed; goes round. */
export function typeAhead(rows: readonly Row[], from: number, typed: string): number {
  const wanted = typed.toLowerCase();
  // One letter typed again looks on from the next line; more letters narrow down from where one is.
  const first = typed.length === 1 ? 1 : 0;
  for (let step = first; step < rows.length + first; step++) {
    const index = (from + step) % rows.length;
    const row = rows[index];
    if (row && (row.node.name || row.node.words).toLowerCase().startsWith(wanted)) return index;
  }
  return from;
}

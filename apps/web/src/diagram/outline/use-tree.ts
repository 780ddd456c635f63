import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTools } from '../tools/context.ts';
import { keyAt } from '../tools/elements-at.ts';
import { useSelected } from '../tools/use-canvas.ts';
import { pathTo, type Row, rowsOf } from './rows.ts';
import { useOutline } from './use-outline.ts';

export interface Tree {
  readonly rows: readonly Row[];
  /** The line that keys act on. */
  readonly active: number;
  readonly selected: ReadonlySet<string>;
  activate(key: string): void;
  setOpen(key: string, open: boolean): void;
}

/** Which lines are shown and which one is active; the active one follows the selection of the canvas. */
export function useTree(): Tree {
  const { canvas } = useTools();
  const nodes = useOutline();
  const selection = useSelected();
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const [activeKey, setActiveKey] = useState<string | null>(null);
  const rows = useMemo(() => rowsOf(nodes, closed), [nodes, closed]);

  const selected = useMemo(
    () => new Set(selection.flatMap((element) => keyAt(canvas, element) ?? [])),
    [canvas, selection],
  );
  const reach = useRef(nodes);
  reach.current = nodes;
  const activate = useCallback((key: string) => {
    setActiveKey(key);
    const path = pathTo(reach.current, key) ?? [];
    setClosed((before) => (path.some((each) => before.has(each)) ? without(before, path) : before));
  }, []);
  const [first] = selected;
  const followed = useRef<string | undefined>(undefined);
  useEffect(() => {
    if (first === undefined) {
      // A change of type selects nothing for a moment: that must not lead away who walks the tree.
      if (!isWalked()) followed.current = undefined;
    }
    // What was just made gets its line a moment later. Once followed, one may walk away from it.
    else if (followed.current !== first && pathTo(nodes, first) !== null) {
      followed.current = first;
      activate(first);
    }
  }, [first, activate, nodes]);

  const at = rows.findIndex(({ node }) => node.key === activeKey);
  return {
    rows,
    active: at === -1 ? 0 : at,
    selected,
    activate,
    setOpen: useCallback((key: string, open: boolean) => {
      setClosed((before) => (open ? without(before, [key]) : new Set([...before, key])));
    }, []),
  };
}

/** Whether the keys act on the tree or its menu. */
function isWalked(): boolean {
  return document.activeElement?.closest('[role=tree], [role=menu]') != null;
}

function without(set: ReadonlySet<string>, keys: readonly string[]): ReadonlySet<string> {
  const next = new Set(set);
  for (const key of keys) next.delete(key);
  return next;
}

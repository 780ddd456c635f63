import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { useSelectedBy } from '../presence/use-selected-by.ts';
import { useDiagramView, useTools } from '../tools/context.ts';
import { remove } from '../tools/element-actions.ts';
import type { CanvasElement } from '../tools/elements.ts';
import { keyAt } from '../tools/elements-at.ts';
import { useReveal } from '../tools/use-reveal.ts';
import { alongFlow } from './follow-flow.ts';
import css from './outline.module.css';
import { OutlineMenu } from './outline-menu.tsx';
import { OutlineRow } from './outline-row.tsx';
import { typeAhead } from './rows.ts';
import type { Tree } from './use-tree.ts';
import { useWindow } from './use-window.ts';

/** Pause after which typing begins a new word, milliseconds. */
const typingPause = 700;

/** An ARIA tree of the lines; only those in sight are there, whatever the size of the diagram. */
export function OutlineTree({ tree, following }: { tree: Tree; following: boolean }) {
  const { canvas, mayEdit } = useTools();
  const view = useDiagramView();
  const show = useReveal();
  const others = useSelectedBy();
  const box = useRef<HTMLDivElement>(null);
  const typed = useRef({ text: '', at: 0 });
  const [renaming, setRenaming] = useState<string | null>(null);
  const [menu, setMenu] = useState<string | null>(null);
  const base = useId();
  const { rows, active } = tree;
  const current = rows[active];
  // The line whose menu is open, whatever becomes the active one meanwhile.
  const asked = menu === null ? undefined : rows.find(({ node }) => node.key === menu);
  const shown = useWindow(box, rows.length, active);

  const goTo = (index: number) => {
    const row = rows[Math.max(0, Math.min(rows.length - 1, index))];
    if (row) tree.activate(row.node.key);
  };
  const follow = (back: boolean) => {
    if (!current) return;
    const next = alongFlow(view.elements, rows, current.node.key, back);
    if (next !== null) tree.activate(next);
  };
  const choose = (key: string) => {
    tree.activate(key);
    return show(key);
  };
  // What vanished while its menu or name was open closes it.
  useEffect(() => {
    if (menu !== null && !rows.some(({ node }) => node.key === menu)) setMenu(null);
    if (renaming !== null && !rows.some(({ node }) => node.key === renaming)) setRenaming(null);
  }, [rows, menu, renaming]);

  const sideways = (back: boolean) => {
    if (!current) return;
    const { node, open, parent } = current;
    if (following) follow(back);
    else if (back && open) tree.setOpen(node.key, false);
    else if (back) parent !== null && tree.activate(parent);
    else if (open === false) tree.setOpen(node.key, true);
    else if (open) goTo(active + 1);
  };
  const type = (letter: string) => {
    const now = performance.now();
    const text = now - typed.current.at > typingPause ? letter : typed.current.text + letter;
    typed.current = { text, at: now };
    goTo(typeAhead(rows, active, text));
  };
  const key = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget || !current) return;
    const keys: Record<string, () => void> = {
      ArrowDown: () => goTo(active + 1),
      ArrowUp: () => goTo(active - 1),
      Home: () => goTo(0),
      End: () => goTo(rows.length - 1),
      PageDown: () => goTo(active + 12),
      PageUp: () => goTo(active - 12),
      ArrowRight: () => (event.altKey ? follow(false) : sideways(false)),
      ArrowLeft: () => (event.altKey ? follow(true) : sideways(true)),
      Enter: () => void choose(current.node.key),
      ' ': () => void choose(current.node.key),
      ContextMenu: () => setMenu(current.node.key),
    };
    if (mayEdit) {
      keys.F2 = () =>
        void choose(current.node.key).then((element) => element && setRenaming(current.node.key));
      keys.Delete = () =>
        void choose(current.node.key).then((element) => element && remove(canvas, [element]));
    }
    const action = event.shiftKey && event.key === 'F10' ? () => setMenu(current.node.key) : keys[event.key];
    const modified = event.ctrlKey || event.metaKey || (event.altKey && !event.key.startsWith('Arrow'));
    if (action && !modified) action();
    else if (event.key.length === 1 && !modified && !event.altKey) type(event.key);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const back = () => box.current?.focus({ preventScroll: true });

  return (
    <div
      ref={box}
      className={css.tree}
      role="tree"
      aria-label="Outline"
      tabIndex={0}
      aria-activedescendant={current ? `${base}${current.node.key}` : undefined}
      onKeyDown={key}
    >
      <div style={{ height: shown.height, position: 'relative' }} role="none">
        {shown.indexes.map((index) => {
          const row = rows[index];
          if (!row) return null;
          const { key: at } = row.node;
          return (
            <OutlineRow
              key={at}
              id={`${base}${at}`}
              row={row}
              top={shown.topOf(index)}
              active={index === active}
              selected={tree.selected.has(at)}
              others={others[at]}
              renaming={renaming === at}
              onChoose={() => {
                void choose(at);
                back();
              }}
              onToggle={() => tree.setOpen(at, row.open === false)}
              onMenu={() => {
                tree.activate(at);
                setMenu(at);
              }}
              onRenamed={() => {
                setRenaming(null);
                back();
              }}
            />
          );
        })}
        {menu !== null && asked && (
          <OutlineMenu
            node={asked.node}
            top={shown.topOf(rows.indexOf(asked))}
            onRename={() => void choose(menu).then((element) => element && setRenaming(menu))}
            onMade={(element: CanvasElement) => {
              const made = keyAt(canvas, element);
              if (made !== null) tree.activate(made);
            }}
            onClose={(refocus) => {
              setMenu(null);
              if (refocus) back();
            }}
          />
        )}
      </div>
    </div>
  );
}

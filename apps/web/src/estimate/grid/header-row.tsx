import { VisuallyHidden } from '@mantine/core';
import { memo, type PointerEvent } from 'react';
import cells from './cell.module.css';
import { withWidth } from './column-layout.ts';
import { type ColumnName, columnOf } from './columns.ts';
import { useGrid } from './context.ts';
import { Part } from './part.tsx';
import css from './table.module.css';

/** The names of the columns; their edges are drawn to make them wider. */
export const HeaderRow = memo(function HeaderRow({ columns }: { columns: readonly ColumnName[] }) {
  return (
    <Part role="row" className={css.header} aria-rowindex={1}>
      <Part role="columnheader" className={css.corner} aria-colindex={1}>
        <VisuallyHidden>Number</VisuallyHidden>
      </Part>
      {columns.map((name, at) => (
        <Part
          key={name}
          role="columnheader"
          className={css.heading}
          data-align={columnOf(name).align}
          aria-colindex={at + 2}
        >
          <span className={cells.text}>{columnOf(name).label}</span>
          <Edge name={name} />
        </Part>
      ))}
    </Part>
  );
});

/** By keys a column is widened from its cells. */
function Edge({ name }: { name: ColumnName }) {
  const { store } = useGrid();
  const drag = (event: PointerEvent<HTMLSpanElement>) => {
    if (event.button !== 0) return;
    event.preventDefault();
    const edge = event.currentTarget;
    const begin = edge.parentElement?.getBoundingClientRect().width ?? 0;
    const from = event.clientX;
    edge.setPointerCapture(event.pointerId);
    const onMove = (moved: globalThis.PointerEvent) => {
      store.set({ layout: withWidth(store.get().layout, name, begin + moved.clientX - from) });
    };
    const onEnd = () => {
      edge.removeEventListener('pointermove', onMove);
      edge.removeEventListener('pointerup', onEnd);
      edge.removeEventListener('pointercancel', onEnd);
    };
    edge.addEventListener('pointermove', onMove);
    edge.addEventListener('pointerup', onEnd);
    edge.addEventListener('pointercancel', onEnd);
  };
  const reset = () => {
    const { layout } = store.get();
    const { [name]: _dropped, ...widths } = layout.widths;
    store.set({ layout: { ...layout, widths } });
  };
  return <span className={css.edge} onPointerDown={drag} onDoubleClick={reset} aria-hidden />;
}

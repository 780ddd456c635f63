import type { CSSProperties, ReactNode } from 'react';
import css from './layers.module.css';
import { topsOf } from './row-places.ts';
import type { Block } from './selection.ts';
import type { Sheet } from './sheet.ts';

interface Props {
  sheet: Sheet;
  /** Rows and columns, both ends included. */
  block: Block;
  className?: string | undefined;
  style?: CSSProperties;
  children?: ReactNode;
}

/** Something drawn around a block of cells, wherever its rows are, mounted or not. It shares the columns of the rows. */
export function Frame({ sheet, block, className, style, children }: Props) {
  const tops = topsOf(sheet);
  const top = tops[block.top] ?? 0;
  const bottom = tops[block.bottom + 1] ?? top;
  return (
    <div className={css.place} style={{ top, height: bottom - top }}>
      <div className={className} style={{ gridColumn: `${block.left + 2} / ${block.right + 3}`, ...style }}>
        {children}
      </div>
    </div>
  );
}

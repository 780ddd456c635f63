import type { RefObject } from 'react';
import { CutMarks } from './cut-marks.tsx';
import { DragMark } from './drag-mark.tsx';
import { FillHandle } from './fill-handle.tsx';
import { Flashes } from './flashes.tsx';
import css from './layers.module.css';
import { PeerMarks } from './peer-marks.tsx';
import type { Sight } from './row-places.ts';
import type { Sheet } from './sheet.ts';

interface Props {
  sheet: Sheet;
  sight: Sight;
  scroller: RefObject<HTMLElement | null>;
  mayChange: boolean;
}

/** What is drawn over the cells. All of it can be heard or done in another way too. */
export function Layers({ sheet, sight, scroller, mayChange }: Props) {
  return (
    <>
      <div className={css.layers} aria-hidden>
        <Flashes sheet={sheet} sight={sight} />
        <CutMarks sheet={sheet} sight={sight} />
        <PeerMarks sheet={sheet} sight={sight} />
        {mayChange && <FillHandle sheet={sheet} scroller={scroller} />}
      </div>
      <div className={css.above} aria-hidden>
        <DragMark sheet={sheet} />
      </div>
    </>
  );
}

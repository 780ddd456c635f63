import { useGridPart } from './context.ts';
import { Frame } from './frame.tsx';
import css from './layers.module.css';
import { rowsOf } from './row-drag.ts';
import { topsOf } from './row-places.ts';
import type { Sheet } from './sheet.ts';

/** Where the rows in the hand would fall, and which they are. */
export function DragMark({ sheet }: { sheet: Sheet }) {
  const drag = useGridPart((state) => state.drag);
  if (drag === null) return null;
  const { dragged, mark } = drag;
  const right = sheet.columns.length - 1;
  const held = rowsOf(dragged).flatMap((key) => sheet.indexes.get(key) ?? []);
  return (
    <>
      {held.map((index) => (
        <Frame
          key={index}
          sheet={sheet}
          block={{ top: index, bottom: index, left: -1, right }}
          className={css.held}
        />
      ))}
      <div className={css.mark} style={{ top: topsOf(sheet)[mark] }} data-drop-mark>
        {dragged.type === 'lines' && dragged.ids.length > 1 && (
          <span className={css.many}>{dragged.ids.length} lines</span>
        )}
      </div>
    </>
  );
}

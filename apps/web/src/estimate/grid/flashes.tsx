import type { CSSProperties } from 'react';
import { colourOf } from '../../shell/colour.ts';
import { useGridPart } from './context.ts';
import css from './flashes.module.css';
import { Frame } from './frame.tsx';
import { isInSight, type Sight } from './row-places.ts';
import { columnIndex } from './selection.ts';
import type { Sheet } from './sheet.ts';

/** What others have just changed, softly; what was written here before, with words. */
export function Flashes({ sheet, sight }: { sheet: Sheet; sight: Sight }) {
  const flashes = useGridPart((state) => state.flashes);
  return [...flashes.values()].map(({ row, column, by, mine, turn }) => {
    const index = sheet.indexes.get(row);
    if (index === undefined || !isInSight({ top: index, bottom: index }, sight)) return null;
    const at = column === null ? null : columnIndex(sheet, column);
    const last = sheet.columns.length - 1;
    const block = { top: index, bottom: index, left: at ?? 0, right: at ?? last };
    const style = by === null ? {} : ({ '--person': colourOf(by.id) } as CSSProperties);
    return (
      <div key={`${row} ${column} ${turn}`} data-flash={column ?? 'row'}>
        <Frame sheet={sheet} block={block} className={mine ? css.overwritten : css.flash} style={style}>
          {mine && (
            <span className={css.words} data-side={block.right < last - 1 ? 'right' : 'left'}>
              changed by {by?.name ?? 'somebody'}
            </span>
          )}
        </Frame>
      </div>
    );
  });
}

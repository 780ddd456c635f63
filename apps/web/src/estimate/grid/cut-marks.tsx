import { useGridPart } from './context.ts';
import { Frame } from './frame.tsx';
import css from './layers.module.css';
import { isInSight, type Sight } from './row-places.ts';
import type { Sheet } from './sheet.ts';

/** Around the lines that were cut, each run of them together. */
export function CutMarks({ sheet, sight }: { sheet: Sheet; sight: Sight }) {
  const cut = useGridPart((state) => state.cut);
  if (cut === null) return null;
  const indexes = cut.ids.flatMap((id) => sheet.indexes.get(id) ?? []).sort((a, b) => a - b);
  const right = sheet.columns.length - 1;
  return runsOf(indexes)
    .filter((run) => isInSight(run, sight))
    .map((run) => (
      <div key={run.top} data-cut>
        <Frame sheet={sheet} block={{ ...run, left: 0, right }} className={css.cut} />
      </div>
    ));
}

/** Indexes in order, as runs without a hole. */
function runsOf(indexes: readonly number[]): readonly { readonly top: number; readonly bottom: number }[] {
  const runs: { top: number; bottom: number }[] = [];
  for (const index of indexes) {
    const last = runs.at(-1);
    if (last?.bottom === index - 1) last.bottom = index;
    else runs.push({ top: index, bottom: index });
  }
  return runs;
}

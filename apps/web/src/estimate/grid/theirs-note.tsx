import { Button } from '@mantine/core';
import { useView } from '../context.ts';
import { useFormat } from '../format.ts';
import { shownText } from './cell-text.ts';
import { useGrid, useGridPart } from './context.ts';
import { cancel } from './edit.ts';
import type { Place } from './selection.ts';
import { sectionKey } from './sheet.ts';
import css from './theirs-note.module.css';

/** What somebody else has done to the cell that is open here. Enter keeps what is typed, Escape takes theirs. */
export function TheirsNote({ place }: { place: Place }) {
  const grid = useGrid();
  const theirs = useGridPart((state) => state.theirs);
  const format = useFormat();
  const line = useView((view) => view.lines.get(place.row) ?? null);
  const home = useView((view) => view.groups.find(({ id }) => id === line?.group)?.name);
  const section = useView((view) => view.groups.find(({ id }) => sectionKey(id) === place.row)?.name);
  if (theirs === null || (line === null && section === undefined)) return null;
  const who = theirs.by?.name ?? 'Somebody';
  const dismiss = () => grid.store.set({ theirs: null });
  if (theirs.what === 'moved') {
    return (
      <div className={css.note} role="status">
        <p>
          {who} moved this line{home ? ` in “${home}”` : ''}. You go on writing in it.
        </p>
        <Choice label="All right" onChoose={dismiss} />
      </div>
    );
  }
  const text = line === null ? (section ?? '') : shownText(line, place.column, 0, format);
  return (
    <div className={css.note} role="status">
      <p>{text === '' ? `${who} cleared this.` : <Changed who={who} text={text} />}</p>
      <div className={css.choices}>
        <Choice label="Keep mine" keys="Enter" onChoose={dismiss} />
        <Choice label="Take theirs" keys="Esc" onChoose={() => cancel(grid)} />
      </div>
    </div>
  );
}

function Changed({ who, text }: { who: string; text: string }) {
  return (
    <>
      {who} changed this to <strong>{text}</strong>
    </>
  );
}

interface ChoiceProps {
  label: string;
  keys?: string;
  onChoose: () => void;
}

/** The field keeps the focus: a press anywhere else would write the cell. */
function Choice({ label, keys, onChoose }: ChoiceProps) {
  return (
    <Button
      size="compact-xs"
      variant="default"
      tabIndex={-1}
      rightSection={keys && <kbd className={css.key}>{keys}</kbd>}
      onMouseDown={(event) => event.preventDefault()}
      onClick={onChoose}
    >
      {label}
    </Button>
  );
}

import { object, type PresenceKind, short } from '../editor/presence.ts';
import { type ViewName, viewNames } from './desk.ts';
import type { Cell, Range } from './selection.ts';

/** What an estimate's screen says beside who sits there. */
export interface EstimatePresence {
  readonly view: ViewName;
  /** The cell that keys act on. */
  readonly cell: Cell | null;
  /** The block that is chosen, where it is more than one cell. */
  readonly range: Range | null;
  /** Whether somebody types into the cell. */
  readonly editing: boolean;
  /** What is typed and not yet in the document. */
  readonly draft: string | null;
}

export const estimatePresence: PresenceKind<EstimatePresence> = {
  kind: 'estimate',
  empty: { view: 'estimate', cell: null, range: null, editing: false, draft: null },
  away: { cell: null, range: null, editing: false, draft: null },
  read: (raw) => ({
    view: viewNames.find((name) => name === raw.view) ?? 'estimate',
    cell: readCell(raw.cell),
    range: readRange(raw.range),
    editing: raw.editing === true,
    draft: short(raw.draft),
  }),
};

function readCell(raw: unknown): Cell | null {
  const { line, column } = object(raw);
  const id = short(line);
  const name = short(column);
  return id === null || name === null ? null : { line: id, column: name };
}

function readRange(raw: unknown): Range | null {
  const { anchor, focus } = object(raw);
  const from = readCell(anchor);
  const to = readCell(focus);
  return from === null || to === null ? null : { anchor: from, focus: to };
}

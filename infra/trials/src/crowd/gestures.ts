import {
  addActual,
  addGroup,
  addLines,
  addRisk,
  applyMitigation,
  duplicateLines,
  type EstimateView,
  lineKinds,
  moveGroup,
  moveLines,
  moveRisk,
  pasteBlock,
  removeGroup,
  removeLines,
  removeRisk,
  renameGroup,
  setCells,
  setMeta,
  setParam,
  setRisk,
  spliceText,
} from '@tidemark/documents/estimate';
import type { Editor } from '@tidemark/documents/records';

/** What a person of the crowd does: one command, by chance, on what their own replica shows. */
type Gesture = (editor: Editor, view: EstimateView, dice: Dice) => unknown;

export interface Dice {
  /** A whole number from 0 below `count`. */
  below(count: number): number;
  one<T>(items: readonly T[]): T | undefined;
}

const lineIds = (view: EstimateView) => view.sections.flatMap(({ lines }) => lines.map(({ id }) => id));
const oneLine = (view: EstimateView, dice: Dice) => dice.one(lineIds(view)) ?? 'gone';
const someLines = (view: EstimateView, dice: Dice) => {
  const ids = lineIds(view);
  const from = dice.below(ids.length + 1);
  return ids.slice(from, from + 1 + dice.below(4));
};
const oneGroup = (view: EstimateView, dice: Dice) =>
  dice.one([...view.groups.map(({ id }) => id), null]) ?? null;
const someGroup = (view: EstimateView, dice: Dice) => dice.one(view.groups)?.id ?? 'gone';
const oneRisk = (view: EstimateView, dice: Dice) => dice.one(view.risks)?.id ?? 'gone';
/** The place of a line that stands there now: where several people begin lines at once. */
const place = (view: EstimateView, dice: Dice) => {
  const section = dice.one(view.sections);
  return { group: section?.group?.id ?? null, before: dice.one(section?.lines ?? [])?.id ?? null };
};
const newLine = (dice: Dice) => ({
  name: `Line ${dice.below(10_000)}`,
  qty: dice.below(100_000_000),
  unitCost: dice.below(5_000_000),
  wasteBp: dice.one([0, 0, 500, 1250]) ?? 0,
  kind: dice.one(lineKinds) ?? 'mat',
  optional: dice.below(8) === 0,
});

/** The more often a gesture stands here the more often it is made. */
export const gestures: readonly Gesture[] = [
  ...Array.from(
    { length: 6 },
    (): Gesture => (editor, view, dice) =>
      setCells(editor, [
        dice.below(2) === 0
          ? { id: oneLine(view, dice), column: 'qty', value: dice.below(100_000_000), calc: null }
          : { id: oneLine(view, dice), column: 'unitCost', value: dice.below(5_000_000) },
      ]),
  ),
  ...Array.from(
    { length: 4 },
    (): Gesture => (editor, view, dice) => addLines(editor, place(view, dice), [newLine(dice)]),
  ),
  ...Array.from(
    { length: 3 },
    (): Gesture => (editor, view, dice) => {
      const to = place(view, dice);
      return moveLines(editor, someLines(view, dice), to.group, to.before);
    },
  ),
  (editor, view, dice) => removeLines(editor, someLines(view, dice)),
  (editor, view, dice) => duplicateLines(editor, someLines(view, dice)),
  (editor, view, dice) =>
    pasteBlock(editor, {
      cells: someLines(view, dice).flatMap((id) => [
        { id, column: 'qty', value: dice.below(50_000_000) },
        { id, column: 'wasteBp', value: dice.below(2_000) },
      ]),
      newLines: { place: place(view, dice), lines: [newLine(dice), newLine(dice)] },
    }),
  (editor, view, dice) => addGroup(editor, `Section ${dice.below(1_000)}`, dice.one(view.groups)?.id ?? null),
  (editor, view, dice) => moveGroup(editor, someGroup(view, dice), oneGroup(view, dice)),
  (editor, view, dice) => renameGroup(editor, someGroup(view, dice), `Name ${dice.below(1_000)}`),
  (editor, view, dice) => dice.below(3) === 0 && removeGroup(editor, someGroup(view, dice)),
  (editor, _view, dice) =>
    addRisk(editor, {
      title: `Risk ${dice.below(1_000)}`,
      probBp: dice.below(10_001),
      low: dice.below(10_000_000),
      high: 10_000_000 + dice.below(10_000_000),
    }),
  (editor, view, dice) =>
    setRisk(editor, oneRisk(view, dice), {
      mitigatedProbBp: dice.below(10_001),
      mitigatedHigh: dice.below(9_000_000),
      mitigationCost: dice.below(1_000_000),
    }),
  (editor, view, dice) =>
    applyMitigation(
      editor,
      oneRisk(view, dice),
      dice.below(2) === 0 ? null : { by: 'somebody', at: '2026-01-01T00:00:00Z' },
    ),
  (editor, view, dice) => moveRisk(editor, oneRisk(view, dice), dice.one(view.risks)?.id ?? null),
  (editor, view, dice) => dice.below(2) === 0 && removeRisk(editor, oneRisk(view, dice)),
  (editor, view, dice) =>
    addActual(editor, { lineId: oneLine(view, dice), amount: dice.below(1_000_000), date: '2026-01-10' }),
  (editor, _view, dice) =>
    setParam(editor, {
      targetBp: dice.below(5_000),
      marginMode: dice.below(2) === 0 ? 'margin' : 'markup',
      overheadBp: dice.below(2_000),
      contingencyBp: dice.below(2_000),
      taxBp: dice.below(1_000),
    }),
  (editor, _view, dice) => setMeta(editor, { client: `Client ${dice.below(100)}` }),
  (editor, _view, dice) => spliceText(editor, 'notes', `${dice.below(1_000)} words`),
];

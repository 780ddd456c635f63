import fc from 'fast-check';
import { createEditor, type Editor } from '../records/editor.ts';
import { createFakeNetwork, type FakeNetwork } from '../records/fake-network.ts';
import { seed } from '../records/seed.ts';
import { readState } from '../records/state.ts';
import * as document from './document-commands.ts';
import * as groups from './group-commands.ts';
import * as lines from './line-commands.ts';
import * as review from './review-commands.ts';
import * as risks from './risk-commands.ts';
import { spliceText } from './texts.ts';
import { type EstimateView, estimate } from './view.ts';

/** Random people at work on one estimate, for property tests. */

export interface Edit {
  readonly who: number;
  readonly what: keyof typeof gestures;
  /** Chooses among the records there are. */
  readonly pick: number;
  readonly value: number;
  /** Updates delivered after the edit: to whom, and which of those that wait. */
  readonly deliveries: readonly (readonly [to: number, pick: number])[];
}

type Gesture = (editor: Editor, view: EstimateView, pick: number, value: number) => unknown;

const idAt = (items: Iterable<{ readonly id: string }>, pick: number): string => {
  const all = [...items];
  return all[pick % (all.length + 1)]?.id ?? 'gone';
};
const lineAt = (view: EstimateView, pick: number) => idAt(view.lines.values(), pick);
const groupAt = (view: EstimateView, pick: number) => (pick % 7 === 0 ? null : idAt(view.groups, pick));
const someLines = (view: EstimateView, pick: number, value: number) =>
  [0, 1, 2].slice(0, 1 + (value % 3)).map((step) => lineAt(view, pick + step * value));

const gestures = {
  addGroup: (editor, view, pick, value) =>
    groups.addGroup(editor, `Section ${value}`, value % 2 === 0 ? idAt(view.groups, pick) : null),
  moveGroup: (editor, view, pick, value) =>
    groups.moveGroup(editor, idAt(view.groups, pick), idAt(view.groups, value)),
  renameGroup: (editor, view, pick, value) =>
    groups.renameGroup(editor, idAt(view.groups, pick), `Name ${value}`),
  removeGroup: (editor, view, pick) => groups.removeGroup(editor, idAt(view.groups, pick)),
  addLines: (editor, view, pick, value) =>
    lines.addLines(
      editor,
      { group: groupAt(view, pick), before: value % 2 === 0 ? lineAt(view, value) : null },
      Array.from({ length: 1 + (value % 3) }, (_, at) => ({
        name: `Line ${value} ${at}`,
        qty: value * 1000,
      })),
    ),
  setQty: (editor, view, pick, value) =>
    lines.setCells(editor, [
      {
        id: lineAt(view, pick),
        column: 'qty',
        value: value * 1_000_000,
        calc: value % 2 ? `${value}*1` : null,
      },
    ]),
  setCost: (editor, view, pick, value) =>
    lines.setCells(editor, [
      { id: lineAt(view, pick), column: 'unitCost', value },
      { id: lineAt(view, value), column: 'optional', value: value % 2 === 0 },
    ]),
  moveLines: (editor, view, pick, value) =>
    lines.moveLines(editor, someLines(view, pick, value), groupAt(view, value), lineAt(view, pick + value)),
  swapLines: (editor, view, pick, value) => {
    const section = view.sections[pick % (view.sections.length || 1)];
    if (section === undefined) return null;
    const { id } = section.lines[value % (section.lines.length || 1)] ?? { id: 'gone' };
    return lines.moveLines(editor, [id], section.group?.id ?? null, section.lines[0]?.id ?? null);
  },
  removeLines: (editor, view, pick, value) => lines.removeLines(editor, someLines(view, pick, value)),
  duplicateLines: (editor, view, pick, value) => lines.duplicateLines(editor, someLines(view, pick, value)),
  paste: (editor, view, pick, value) =>
    lines.pasteBlock(editor, {
      cells: someLines(view, pick, value).flatMap((id) => [
        { id, column: 'name', value: `Pasted ${value}` },
        { id, column: 'wasteBp', value },
      ]),
      newLines: { place: { group: groupAt(view, pick) }, lines: [{ name: `New ${value}`, kind: 'lab' }] },
    }),
  addRisk: (editor, _view, pick, value) => risks.addRisk(editor, { title: `Risk ${pick}`, high: value }),
  setRisk: (editor, view, pick, value) =>
    risks.setRisk(editor, idAt(view.risks, pick), value % 2 ? { probBp: value } : { outcome: 'struck' }),
  mitigate: (editor, view, pick, value) =>
    risks.applyMitigation(
      editor,
      idAt(view.risks, pick),
      value % 2 ? { by: `user ${value}`, at: '2026-01-01T00:00:00Z' } : null,
    ),
  moveRisk: (editor, view, pick, value) =>
    risks.moveRisk(editor, idAt(view.risks, pick), idAt(view.risks, value)),
  removeRisk: (editor, view, pick) => risks.removeRisk(editor, idAt(view.risks, pick)),
  addActual: (editor, view, pick, value) =>
    review.addActual(editor, { lineId: lineAt(view, pick), amount: value, date: `2026-01-1${value % 10}` }),
  removeActual: (editor, view, pick) => review.removeActual(editor, idAt(view.actuals, pick)),
  addLesson: (editor, _view, _pick, value) => review.addLesson(editor, { text: `Lesson ${value}` }),
  setMeta: (editor, _view, pick, value) =>
    document.setMeta(
      editor,
      pick % 2 ? { client: `Client ${value}` } : { currency: value % 2 ? 'EUR' : 'JPY' },
    ),
  setParam: (editor, _view, _pick, value) =>
    document.setParam(editor, { targetBp: value, marginMode: value % 2 ? 'margin' : 'markup' }),
  write: (editor, _view, pick, value) =>
    spliceText(editor, pick % 2 ? 'terms' : 'scope', `Text ${value} and ${pick}`),
} as const satisfies Record<string, Gesture>;

export function edit(people: number): fc.Arbitrary<Edit> {
  const names = Object.keys(gestures) as (keyof typeof gestures)[];
  return fc.record({
    who: fc.nat(people - 1),
    what: fc.oneof(
      {
        weight: 1,
        arbitrary: fc.constantFrom('addGroup' as const, 'addLines' as const, 'moveLines' as const),
      },
      { weight: 4, arbitrary: fc.constantFrom(...names) },
    ),
    pick: fc.nat(1000),
    value: fc.nat(1000),
    deliveries: fc.array(fc.tuple(fc.nat(people - 1), fc.nat(1000)), { maxLength: 4 }),
  });
}

export function edits(people: number, maxLength: number): fc.Arbitrary<Edit[]> {
  return fc.array(edit(people), { maxLength, size: 'max' });
}

export interface People {
  readonly network: FakeNetwork;
  readonly editors: readonly Editor[];
  work(edit: Edit): void;
  view(who: number): EstimateView;
}

export function people(count: number): People {
  const network = createFakeNetwork(count, (doc) => seed(doc, estimate.schema, 'Begin'));
  const editors = network.docs.map((doc, index) => createEditor(doc, estimate.schema, `user ${index}`));
  const view = (who: number) => viewOf(editors[who]!);
  return {
    network,
    editors,
    view,
    work({ who, what, pick, value, deliveries }) {
      (gestures[what] as Gesture)(editors[who]!, view(who), pick, value);
      for (const [to, which] of deliveries) network.deliver(to, which);
    },
  };
}

/** A fresh reading of everything, with no memory of earlier ones. */
export function viewOf({ doc, schema }: Editor): EstimateView {
  return estimate.view(readState(doc, schema), [], null);
}

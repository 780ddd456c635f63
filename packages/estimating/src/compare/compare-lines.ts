import type { EstimateView, GroupView, LineView } from '@tidemark/documents/estimate';
import { lineAmount } from '../line-amount.ts';
import { minorUnit } from '../minor-unit.ts';
import type { Money } from '../money.ts';
import { changedFields, type FieldChange } from './fields.ts';
import { match, movedAmong, type Pair } from './match.ts';

const lineFields = [
  'code',
  'name',
  'qty',
  'unit',
  'unitCost',
  'wasteBp',
  'kind',
  'note',
  'optional',
] as const;
export type LineField = (typeof lineFields)[number];

/** A line that is only in one of the two. */
export interface LineEntry {
  readonly line: LineView;
  readonly group: GroupView | null;
  readonly amount: Money;
  /** What it does to the base. */
  readonly delta: Money;
}

export interface LineChange extends Pair<LineView> {
  readonly group: GroupView | null;
  readonly fields: readonly FieldChange<LineView, LineField>[];
  readonly amounts: Pair<Money>;
  readonly delta: Money;
}

/** In another section, or in another place among those of its own. */
export interface LineMove extends Pair<LineView> {
  readonly groups: Pair<GroupView | null>;
}

export interface GroupChanges {
  /** Those in both, in the order of the first. */
  readonly kept: readonly Pair<GroupView>[];
  readonly added: readonly GroupView[];
  readonly removed: readonly GroupView[];
  readonly renamed: readonly Pair<GroupView>[];
  readonly moved: readonly GroupView[];
}

export interface LineChanges {
  readonly added: readonly LineEntry[];
  readonly removed: readonly LineEntry[];
  readonly changed: readonly LineChange[];
  readonly moved: readonly LineMove[];
  readonly groups: GroupChanges;
}

interface Placed {
  readonly id: string;
  readonly line: LineView;
  readonly group: GroupView | null;
  /** Among all lines. */
  readonly at: number;
}

export function compareLines(before: EstimateView, after: EstimateView): LineChanges {
  // Amounts by the later currency's minor unit, so that the deltas add up to the base's.
  const unit = minorUnit(after.meta.currency);
  const amount = (line: LineView) => lineAmount(line, unit).amount;
  const counted = (line: LineView) => (line.optional ? 0 : amount(line));
  const entry = ({ line, group }: Placed, sign: 1 | -1): LineEntry => ({
    line,
    group,
    amount: amount(line),
    delta: sign * counted(line) + 0,
  });

  const groups = match(before.groups, after.groups, ({ name }) => name);
  const { pairs, added, removed } = match(placed(before), placed(after), ({ line }) => callOf(line));
  return {
    added: added.map((line) => entry(line, 1)),
    removed: removed.map((line) => entry(line, -1)),
    changed: pairs.flatMap(({ before: { line: old }, after: { line: now, group } }): LineChange[] => {
      const fields = old === now ? [] : changedFields(old, now, lineFields);
      if (fields.length === 0) return [];
      const amounts = { before: amount(old), after: amount(now) };
      return [{ before: old, after: now, group, fields, amounts, delta: counted(now) - counted(old) }];
    }),
    moved: moves(pairs, groups.pairs),
    groups: {
      kept: groups.pairs,
      added: groups.added,
      removed: groups.removed,
      renamed: groups.pairs.filter(({ before, after }) => before.name !== after.name),
      moved: movedGroups(groups.pairs, after),
    },
  };
}

function placed({ sections }: EstimateView): Placed[] {
  let at = 0;
  return sections.flatMap(({ group, lines }) =>
    lines.map((line) => {
      at += 1;
      return { id: line.id, line, group, at };
    }),
  );
}

/** A line without code and name is only itself. */
function callOf({ code, name, unit }: LineView): string {
  return code === '' && name === '' ? '' : JSON.stringify([code, name, unit]);
}

const elsewhere = Symbol('another section');

function moves(pairs: readonly Pair<Placed>[], groups: readonly Pair<GroupView>[]): LineMove[] {
  const partner = new Map<string | null, string | null>(
    groups.map(({ before, after }) => [before.id, after.id]),
  );
  partner.set(null, null);
  const moved = new Set<Pair<Placed>>();
  const home = ({ before, after }: Pair<Placed>) => {
    const section = after.group?.id ?? null;
    return partner.get(before.group?.id ?? null) === section ? section : elsewhere;
  };
  for (const [section, within] of Map.groupBy(pairs, home)) {
    const gone = section === elsewhere ? within.keys() : movedAmong(within.map(({ after }) => after.at));
    for (const index of gone) moved.add(within[index]!);
  }
  return [...moved]
    .sort((a, b) => a.after.at - b.after.at)
    .map(({ before, after }) => ({
      before: before.line,
      after: after.line,
      groups: { before: before.group, after: after.group },
    }));
}

function movedGroups(pairs: readonly Pair<GroupView>[], { groups }: EstimateView): GroupView[] {
  const at = new Map(groups.map(({ id }, index) => [id, index]));
  const moved = movedAmong(pairs.map(({ after }) => at.get(after.id) ?? 0));
  return pairs.flatMap(({ after }, index) => (moved.has(index) ? [after] : []));
}

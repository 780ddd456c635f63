import type { EstimateView, GroupView, LineView } from '@tidemark/documents/estimate';
import type { Comparison, LineMove } from '@tidemark/estimating';
import { type Currencies, type FieldWords, lineFields, riskFields } from './field-words.ts';

export type Fate = 'same' | 'added' | 'removed' | 'changed' | 'moved';

/** A line, or a risk, of the two that are compared. */
export interface Row {
  readonly id: string;
  readonly fate: Fate;
  readonly code: string;
  readonly name: string;
  readonly optional: boolean;
  readonly fields: readonly FieldWords[];
  /** Where it stood, when that is another place: "from Roofing". */
  readonly moved: string;
  /** Null: it is not there. */
  readonly before: number | null;
  readonly after: number | null;
  /** What it does to the base, or to the risk expected. */
  readonly delta: number;
}

export interface SectionRows {
  readonly id: string;
  readonly fate: Fate;
  readonly name: string;
  /** What it was called, when that is another name. */
  readonly oldName: string;
  readonly before: number | null;
  readonly after: number | null;
  readonly rows: readonly Row[];
}

type Move = Pick<LineMove, 'groups'>;

const unnamed = 'Unnamed section';
const loose = 'Without a section';

/**
 * Sections and lines in the order of the later estimate; what is gone stands last in the section it stood in. `moved`: lines that moved
 * as history tells it, so that the same ones are named; null where history tells nothing of the two.
 */
export function sectionRows(
  comparison: Comparison,
  before: EstimateView,
  after: EstimateView,
  moved: ReadonlySet<string> | null = null,
): SectionRows[] {
  const { lines, estimations } = comparison;
  const currencies = { before: before.meta.currency, after: after.meta.currency };
  const known = {
    added: new Map(lines.added.map((entry) => [entry.line.id, entry])),
    changed: new Map(lines.changed.map((change) => [change.after.id, change])),
    moved:
      moved === null
        ? new Map(lines.moved.map((move) => [move.after.id, move]))
        : movesOf(moved, before, after),
  };
  const gone = Map.groupBy(lines.removed, ({ group }) => group?.id ?? null);
  const earlier = new Map(lines.groups.kept.map((pair) => [pair.after.id, pair.before]));
  const movedGroups = new Set(lines.groups.moved.map(({ id }) => id));

  const rowOf = (line: LineView): Row => {
    const amount = estimations.after.amounts.get(line.id) ?? 0;
    const added = known.added.get(line.id);
    const changed = known.changed.get(line.id);
    const move = known.moved.get(line.id);
    const common = { ...callOf(line), moved: move ? movedFrom(move) : '' };
    if (added)
      return { ...common, fate: 'added', fields: [], before: null, after: added.amount, delta: added.delta };
    if (changed) {
      const fields = lineFields(changed, currencies);
      const { before: old, after: now } = changed.amounts;
      return { ...common, fate: 'changed', fields, before: old, after: now, delta: changed.delta };
    }
    const fate = move ? 'moved' : 'same';
    return { ...common, fate, fields: [], before: amount, after: amount, delta: 0 };
  };
  const removedRows = (groupId: string | null): Row[] =>
    (gone.get(groupId) ?? []).map(({ line, amount, delta }) => ({
      ...callOf(line),
      fate: 'removed',
      fields: [],
      moved: '',
      before: amount,
      after: null,
      delta,
    }));

  const sections = after.sections.map(({ group, lines: within }): SectionRows => {
    const old = group === null ? null : earlier.get(group.id);
    const isNew = old === undefined;
    const oldId = old?.id ?? null;
    const renamed = group !== null && old !== null && !isNew && old.name !== group.name;
    return {
      id: group?.id ?? '',
      fate: isNew
        ? 'added'
        : renamed
          ? 'changed'
          : group !== null && movedGroups.has(group.id)
            ? 'moved'
            : 'same',
      name: nameOf(group),
      oldName: renamed ? nameOf(old) : '',
      before: isNew ? null : (estimations.before.sections.get(oldId)?.subtotal ?? 0),
      after: estimations.after.sections.get(group?.id ?? null)?.subtotal ?? 0,
      rows: [...within.map(rowOf), ...(isNew ? [] : removedRows(oldId))],
    };
  });
  const shown = new Set(
    after.sections.map(({ group }) => (group === null ? null : earlier.get(group.id)?.id)),
  );
  const lost = before.sections.filter(({ group }) => !shown.has(group?.id ?? null));
  return [
    ...sections,
    ...lost.map(({ group }): SectionRows => {
      const subtotal = estimations.before.sections.get(group?.id ?? null)?.subtotal ?? 0;
      const rows = removedRows(group?.id ?? null);
      return {
        id: `gone ${group?.id ?? ''}`,
        fate: 'removed',
        name: nameOf(group),
        oldName: '',
        before: subtotal,
        after: null,
        rows,
      };
    }),
  ];
}

/** Risks in the order of the later estimate, those that are gone last; by what each is expected to cost. */
export function riskRows(
  { risks, estimations }: Comparison,
  after: EstimateView,
  currencies: Currencies,
): Row[] {
  const added = new Set(risks.added.map(({ risk }) => risk.id));
  const changed = new Map(risks.changed.map((change) => [change.after.id, change]));
  const plain = { code: '', optional: false, moved: '' };
  const standing = after.risks.map(({ id, title }): Row => {
    const now = estimations.after.risks.get(id)?.expected ?? 0;
    const common = { ...plain, id, name: title || 'Unnamed risk', after: now };
    if (added.has(id)) return { ...common, fate: 'added', fields: [], before: null, delta: now };
    const change = changed.get(id);
    if (!change) return { ...common, fate: 'same', fields: [], before: now, delta: 0 };
    const fields = riskFields(change, currencies);
    return { ...common, fate: 'changed', fields, before: now - change.delta, delta: change.delta };
  });
  const gone = risks.removed.map(
    ({ risk, delta }): Row => ({
      ...plain,
      id: `gone ${risk.id}`,
      name: risk.title || 'Unnamed risk',
      fate: 'removed',
      fields: [],
      before: -delta,
      after: null,
      delta,
    }),
  );
  return [...standing, ...gone];
}

export interface Filter {
  readonly onlyChanges: boolean;
  readonly words: string;
}

const isChange = ({ fate, moved }: Row) => fate !== 'same' || moved !== '';

/** What is to be seen: a section stands as long as one of its lines does, or it is another itself. */
export function filterSections(sections: readonly SectionRows[], filter: Filter): SectionRows[] {
  return sections.flatMap((section) => {
    const rows = filterRows(section.rows, filter);
    const own = filter.words.trim() === '' && (!filter.onlyChanges || section.fate !== 'same');
    return rows.length > 0 || own ? [{ ...section, rows }] : [];
  });
}

export function filterRows(rows: readonly Row[], { onlyChanges, words }: Filter): readonly Row[] {
  const wanted = words.trim().toLowerCase();
  if (!onlyChanges && wanted === '') return rows;
  return rows.filter(
    (row) =>
      (!onlyChanges || isChange(row)) &&
      (wanted === '' ||
        [row.code, row.name, ...row.fields.map(({ old }) => old)].some((text) =>
          text.toLowerCase().includes(wanted),
        )),
  );
}

export function countChanges(sections: readonly SectionRows[]): number {
  return sections.reduce(
    (sum, { fate, rows }) => sum + (fate === 'same' ? 0 : 1) + rows.filter(isChange).length,
    0,
  );
}

function callOf({ id, code, name, optional }: LineView) {
  return { id, code, name: name || 'Unnamed line', optional };
}

function nameOf(group: GroupView | null): string {
  return group === null ? loose : group.name || unnamed;
}

function movesOf(ids: ReadonlySet<string>, before: EstimateView, after: EstimateView): Map<string, Move> {
  const homes = new Map(before.sections.flatMap(({ group, lines }) => lines.map(({ id }) => [id, group])));
  return new Map(
    after.sections.flatMap(({ group, lines }) =>
      lines
        .filter(({ id }) => ids.has(id))
        .map(({ id }): [string, Move] => [id, { groups: { before: homes.get(id) ?? null, after: group } }]),
    ),
  );
}

function movedFrom({ groups: { before, after } }: Move): string {
  return before?.id === after?.id || before?.name === after?.name
    ? 'in its section'
    : `from ${nameOf(before)}`;
}

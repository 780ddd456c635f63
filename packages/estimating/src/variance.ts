import type { EstimateView, GroupView, LineView } from '@tidemark/documents/estimate';
import { calculate } from './calculate.ts';
import type { Estimation } from './estimation.ts';
import { roundMoney, sum } from './exact.ts';
import { minorUnit } from './minor-unit.ts';
import type { Money } from './money.ts';
import { rateOf } from './totals.ts';

export interface Difference {
  readonly estimated: Money;
  readonly actual: Money;
  /** actual − estimated: above zero it cost more. */
  readonly variance: Money;
  /** variance / estimated; null where nothing was estimated. */
  readonly varianceBp: number | null;
}

export interface LineVariance extends Difference {
  readonly line: LineView;
}

export interface SectionVariance extends Difference {
  readonly group: GroupView | null;
  readonly lines: readonly LineVariance[];
  /** What was booked on the section and on none of its lines. */
  readonly unassigned: Money;
}

export interface Variance {
  readonly sections: readonly SectionVariance[];
  /** Against the base: what the lines were to cost. */
  readonly total: Difference;
  /** Against the whole cost, contingency, overhead and risk included. */
  readonly cost: Difference;
  /** The profit: bid − cost as estimated, bid − actuals as it came. Its variance above zero is good. */
  readonly profit: Difference;
}

/**
 * What it cost against what was estimated. With a baseline (the frozen submission) the estimate is that of the baseline,
 * and its lines stand in the sections that they had there; lines that came later were estimated at nothing. An optional
 * line was estimated at nothing, and is left out while nothing was booked on it. Amounts are rounded one by one.
 */
export function variance(view: EstimateView, estimation: Estimation, baseline?: EstimateView): Variance {
  const unit = minorUnit(view.meta.currency);
  const add = (values: readonly Money[]) => sum(values, unit, ignored);
  const against = (estimated: Money, actual: Money): Difference => {
    const more = add([actual, -estimated]);
    return { estimated, actual, variance: more, varianceBp: rateOf(more, estimated) };
  };
  const before = baseline ?? view;
  const reckoned = baseline === undefined ? estimation : calculate(baseline);
  const places = placesOf(view, before);
  const booked = book(view, places, unit);

  const sections = places.sections.map(({ group, lines }): SectionVariance => {
    const each = lines.flatMap((line): LineVariance[] => {
      const amounts = booked.lines.get(line.id);
      const old = before.lines.get(line.id);
      const offered = old === undefined || old.optional;
      if (offered && amounts === undefined && (old ?? line).optional) return [];
      const estimated = offered ? 0 : (reckoned.amounts.get(line.id) ?? 0);
      return [{ line, ...against(estimated, add(amounts ?? [])) }];
    });
    const unassigned = add(booked.sections.get(group?.id ?? null) ?? []);
    const actual = add([...each.map((line) => line.actual), unassigned]);
    const estimated = add(each.map((line) => line.estimated));
    return { group, lines: each, unassigned, ...against(estimated, actual) };
  });
  const actual = add(sections.map((section) => section.actual));
  return {
    sections,
    total: against(reckoned.base, actual),
    cost: against(reckoned.cost, actual),
    profit: against(reckoned.margin, add([reckoned.bid, -actual])),
  };
}

const ignored = () => undefined;

interface Places {
  readonly sections: readonly { readonly group: GroupView | null; readonly lines: readonly LineView[] }[];
  /** Section of each line. */
  readonly home: ReadonlyMap<string, string | null>;
}

/** The sections now, then those only the baseline has, then the one of lines without; each line once. */
function placesOf(view: EstimateView, before: EstimateView): Places {
  const groups = new Map<string | null, GroupView | null>();
  for (const { group } of [...view.sections, ...before.sections]) {
    if (group !== null && !groups.has(group.id)) groups.set(group.id, group);
  }
  groups.set(null, null);
  const home = new Map<string, string | null>();
  for (const { group, lines } of [...before.sections, ...view.sections]) {
    for (const { id } of lines) if (!home.has(id)) home.set(id, group?.id ?? null);
  }
  const members = new Map<string | null, LineView[]>([...groups.keys()].map((id) => [id, []]));
  for (const [id, section] of home) {
    const line = view.lines.get(id) ?? before.lines.get(id);
    if (line !== undefined) members.get(section)?.push(line);
  }
  const sections = [...groups].map(([id, group]) => ({ group, lines: members.get(id) ?? [] }));
  return { sections, home };
}

interface Booked {
  readonly lines: ReadonlyMap<string, Money[]>;
  readonly sections: ReadonlyMap<string | null, Money[]>;
}

/** On its line; on its section where the line is gone or none was named; on no section where that is gone too. */
function book({ actuals }: EstimateView, { home, sections }: Places, unit: number): Booked {
  const known = new Set(sections.map(({ group }) => group?.id ?? null));
  const booked = { lines: new Map<string, Money[]>(), sections: new Map<string | null, Money[]>() };
  for (const { lineId, groupId, amount } of actuals) {
    const money = roundMoney(BigInt(amount), 1n, unit, ignored);
    if (lineId !== null && home.has(lineId)) put(booked.lines, lineId, money);
    else put(booked.sections, known.has(groupId) ? groupId : null, money);
  }
  return booked;
}

function put<K>(map: Map<K, Money[]>, key: K, money: Money): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [money]);
  else list.push(money);
}

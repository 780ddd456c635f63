import { formatRate, formatUnitCost, parseAmount, parseRate } from '@tidemark/estimating';
import type { ItemFields, PriceItem } from '../api/price-list.ts';

/** An item as it is typed: every number as text. */
export interface ItemDraft extends Omit<ItemFields, 'unitCost' | 'wasteBp'> {
  unitCost: string;
  waste: string;
}

export function draftOf(item: ItemFields): ItemDraft {
  const { code, name, unit, unitCost, currency, kind, wasteBp, category, note } = item;
  return {
    code,
    name,
    unit,
    unitCost: formatUnitCost(unitCost, currency),
    currency,
    kind,
    waste: formatRate(wasteBp),
    category,
    note,
  };
}

export function blankDraft(currency: string, category: string): ItemDraft {
  return {
    code: '',
    name: '',
    unit: '',
    unitCost: '',
    currency,
    kind: 'mat',
    waste: '0%',
    category,
    note: '',
  };
}

export type DraftProblems = Partial<Record<keyof ItemDraft, string>>;

/** The item that was typed, or what is wrong with which field. */
export function itemOfDraft(draft: ItemDraft): { item: ItemFields } | { problems: DraftProblems } {
  const problems: DraftProblems = {};
  const { unitCost, waste, ...texts } = draft;
  const cost = parseAmount(unitCost, 'en', draft.currency);
  const rate = parseRate(waste.trim() === '' ? '0' : waste);
  if (draft.name.trim() === '') problems.name = 'What is it called?';
  if ('problem' in cost) problems.unitCost = unitCost.trim() === '' ? 'What does it cost?' : cost.problem;
  if ('problem' in rate) problems.waste = rate.problem;
  else if (rate.value < 0 || rate.value > 100_000) problems.waste = 'Waste is 0 to 1000 %.';
  if ('problem' in cost || 'problem' in rate || Object.keys(problems).length > 0) return { problems };
  return {
    item: {
      ...texts,
      code: texts.code.trim(),
      name: texts.name.trim(),
      unit: texts.unit.trim(),
      category: texts.category.trim(),
      note: texts.note.trim(),
      unitCost: cost.value,
      wasteBp: rate.value,
    },
  };
}

export const itemFieldNames = [
  'code',
  'name',
  'unit',
  'unitCost',
  'currency',
  'kind',
  'wasteBp',
  'category',
  'note',
] as const satisfies readonly (keyof ItemFields)[];

/** What a person has changed of what they have seen. */
export function changesOf(seen: ItemFields, wanted: ItemFields): Partial<ItemFields> {
  return Object.fromEntries(
    itemFieldNames.filter((field) => seen[field] !== wanted[field]).map((field) => [field, wanted[field]]),
  );
}

/** A field that two people have changed since one of them read it. */
export interface Clash {
  readonly field: keyof ItemFields;
  readonly seen: string | number;
  readonly theirs: string | number;
  readonly mine: string | number;
}

/** Where others have changed what I change too, to something else. Empty: both changes can stand. */
export function clashesOf(seen: ItemFields, theirs: PriceItem, mine: Partial<ItemFields>): Clash[] {
  return itemFieldNames.flatMap((field) => {
    const value = mine[field];
    if (value === undefined || theirs[field] === seen[field] || theirs[field] === value) return [];
    return [{ field, seen: seen[field], theirs: theirs[field], mine: value }];
  });
}

const fieldWords: Readonly<Record<keyof ItemFields, string>> = {
  code: 'Code',
  name: 'Name',
  unit: 'Unit',
  unitCost: 'Unit cost',
  currency: 'Currency',
  kind: 'Kind',
  wasteBp: 'Waste',
  category: 'Category',
  note: 'Note',
};

export function wordOfField(field: string): string {
  return field in fieldWords ? fieldWords[field as keyof ItemFields] : field;
}

import {
  formatQuantity,
  formatRate,
  formatUnitCost,
  parseAmount,
  parseQuantity,
  parseRate,
} from '@tidemark/estimating';
import type {
  Assembly,
  AssemblyFields,
  Component,
  OwnLine,
  PriceItem,
  PriceKind,
} from '../api/price-list.ts';

/** A component as it is typed: of an item, or a line of its own. */
export interface PartDraft {
  readonly id: string;
  readonly item: PriceItem | null;
  /** Of a line of its own. */
  readonly name: string;
  readonly unit: string;
  readonly unitCost: string;
  readonly kind: PriceKind;
  readonly currency: string;
  readonly quantity: string;
  /** '' is the item's own. */
  readonly waste: string;
  readonly wholeUnits: boolean;
}

export interface AssemblyDraft {
  readonly name: string;
  readonly unit: string;
  readonly category: string;
  readonly description: string;
  readonly parts: readonly PartDraft[];
}

export function assemblyDraftOf(assembly: Assembly | null): AssemblyDraft {
  if (assembly === null) return { name: '', unit: '', category: '', description: '', parts: [] };
  const { name, unit, category, description, components } = assembly;
  return { name, unit, category, description, parts: components.map(partDraftOf) };
}

function partDraftOf({ id, item, line, quantity, wasteBp, wholeUnits }: Component): PartDraft {
  return {
    ...blankPart(id, line?.currency ?? ''),
    item,
    ...(line === null
      ? {}
      : {
          name: line.name,
          unit: line.unit,
          unitCost: formatUnitCost(line.unitCost, line.currency),
          kind: line.kind,
        }),
    quantity: formatQuantity(quantity),
    waste: wasteBp === null ? '' : formatRate(wasteBp),
    wholeUnits,
  };
}

export function blankPart(id: string, currency: string): PartDraft {
  return {
    id,
    item: null,
    name: '',
    unit: '',
    unitCost: '',
    kind: 'mat',
    currency,
    quantity: '1',
    waste: '',
    wholeUnits: false,
  };
}

/** The component that was typed, or what is wrong with it, with the name of what it is of. */
export function componentOfPart(part: PartDraft): Component | { problem: string } {
  const called = part.item?.name ?? (part.name.trim() || 'A line of its own');
  const quantity = parseQuantity(part.quantity);
  if ('problem' in quantity) return { problem: `${called}: how much of it is in one unit?` };
  if (quantity.value < 0) return { problem: `${called}: a quantity is not below zero.` };
  const waste = part.waste.trim() === '' ? null : parseRate(part.waste);
  if (waste !== null && ('problem' in waste || waste.value < 0 || waste.value > 100_000))
    return { problem: `${called}: waste is 0 to 1000 %.` };
  const line = part.item === null ? lineOf(part) : null;
  if (line !== null && 'problem' in line) return { problem: `${called}: ${line.problem}` };
  return {
    id: part.id,
    itemId: part.item?.id ?? null,
    item: part.item,
    line,
    quantity: quantity.value,
    wasteBp: waste === null ? null : waste.value,
    wholeUnits: part.wholeUnits,
  };
}

function lineOf({ name, unit, unitCost, kind, currency }: PartDraft): OwnLine | { problem: string } {
  const cost = parseAmount(unitCost, 'en', currency);
  if (name.trim() === '') return { problem: 'what is it called?' };
  if ('problem' in cost) return { problem: unitCost.trim() === '' ? 'what does it cost?' : cost.problem };
  return { code: '', name: name.trim(), unit: unit.trim(), unitCost: cost.value, currency, kind };
}

export function assemblyOfDraft(draft: AssemblyDraft): { assembly: AssemblyFields } | { problem: string } {
  const components: AssemblyFields['components'] = [];
  for (const part of draft.parts) {
    const component = componentOfPart(part);
    if ('problem' in component) return component;
    const { item, ...fields } = component;
    components.push(fields);
  }
  const { name, unit, category, description } = draft;
  return {
    assembly: {
      name: name.trim(),
      unit: unit.trim(),
      category: category.trim(),
      description: description.trim(),
      components,
    },
  };
}

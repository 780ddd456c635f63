import { divideRounded } from './exact.ts';

/** One part of an assembly: how much of it goes into one unit of the whole. */
export interface AssemblyComponent {
  /** Millionths of the component's unit in one unit of the assembly; not below zero. */
  readonly quantity: number;
  readonly wasteBp: number;
  /** It is bought in whole units alone: bundles, rolls, boxes. */
  readonly wholeUnits: boolean;
}

/** What a line of the estimate takes from a component. */
export interface ExpandedComponent<Component extends AssemblyComponent> {
  readonly component: Component;
  /** Millionths. */
  readonly qty: number;
  /** Nothing where whole units were rounded up: the waste is in them. */
  readonly wasteBp: number;
}

const million = 1_000_000n;
const wholeRate = 10_000n;
const largest = BigInt(Number.MAX_SAFE_INTEGER);

/**
 * The lines that so much of an assembly comes to, in the order of its components. A quantity is component × assembly, to the
 * millionth, halves up. Of what is bought whole, the waste is added first and then the next whole unit is taken: 24.5 squares at
 * three bundles with 10 % waste are 80.85, so 81 bundles. `quantity` is in millionths and not below zero. Null when a quantity is
 * beyond what is counted exactly (2⁵³ millionths).
 */
export function expandAssembly<Component extends AssemblyComponent>(
  { components }: { readonly components: readonly Component[] },
  quantity: number,
): readonly ExpandedComponent<Component>[] | null {
  const lines: ExpandedComponent<Component>[] = [];
  for (const component of components) {
    const product = BigInt(quantity) * BigInt(component.quantity);
    const qty = component.wholeUnits
      ? wholeAbove(product * (wholeRate + BigInt(component.wasteBp)))
      : divideRounded(product, million);
    if (qty > largest) return null;
    lines.push({
      component,
      qty: Number(qty),
      wasteBp: component.wholeUnits ? 0 : component.wasteBp,
    });
  }
  return lines;
}

/** The next whole unit, in millionths, of what is counted in millionths of millionths of ten-thousandths. */
function wholeAbove(product: bigint): bigint {
  const unit = million * million * wholeRate;
  return ((product + unit - 1n) / unit) * million;
}

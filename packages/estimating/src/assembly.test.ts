import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type AssemblyComponent, expandAssembly } from './assembly.ts';
import { amountOf } from './line-amount.ts';

const million = 1_000_000;
const component = (quantity: number, fields: Partial<AssemblyComponent> = {}): AssemblyComponent => ({
  quantity: Math.round(quantity * million),
  wasteBp: 0,
  wholeUnits: false,
  ...fields,
});
const expand = (components: readonly AssemblyComponent[], quantity: number) => {
  const lines = expandAssembly({ components }, Math.round(quantity * million));
  if (lines === null) throw new Error('Too large');
  return lines.map(({ qty, wasteBp }) => [qty / million, wasteBp]);
};

/** Up to nine million of the whole, of components of up to a thousand: far inside of what is exact. */
const anyQuantity = fc.integer({ min: 0, max: 9_000_000 * million });
const anyComponent = fc.record({
  quantity: fc.integer({ min: 0, max: 1_000 * million }),
  wasteBp: fc.integer({ min: 0, max: 10_000 }),
  wholeUnits: fc.boolean(),
});

/** What is needed, waste included, exactly: a whole number of 10^-16 units. */
const needed = ({ quantity, wasteBp }: AssemblyComponent, of: number) =>
  BigInt(quantity) * BigInt(of) * BigInt(10_000 + wasteBp);
const inUnits = 10n ** 16n;

describe('an assembly', () => {
  test('PRICE-10 24.5 squares: three bundles each with 10 % waste are 81 whole ones; hours keep their parts and their waste', () => {
    expect(
      expand(
        [
          component(3, { wasteBp: 1_000, wholeUnits: true }),
          component(1.75, { wasteBp: 500 }),
          component(0.04, { wholeUnits: true }),
        ],
        24.5,
      ),
    ).toEqual([
      [81, 0],
      [42.875, 500],
      [1, 0],
    ]);
  });

  test('PRICE-10 what is whole already stays as it is, nothing comes to nothing', () => {
    expect(expand([component(2, { wholeUnits: true }), component(0.5, { wholeUnits: true })], 4)).toEqual([
      [8, 0],
      [2, 0],
    ]);
    expect(expand([component(3, { wholeUnits: true, wasteBp: 1_000 })], 0)).toEqual([[0, 0]]);
    expect(expand([], 7)).toEqual([]);
  });

  test('PRICE-10 whole units are whole, cover what is needed, and are less than one too many', () => {
    fc.assert(
      fc.property(anyComponent, anyQuantity, (one, of) => {
        const whole = { ...one, wholeUnits: true };
        const lines = expandAssembly({ components: [whole] }, of);
        if (lines === null) return;
        const [line] = lines;
        expect(line?.wasteBp).toBe(0);
        expect((line?.qty ?? 0.5) % million).toBe(0);
        const taken = BigInt(line?.qty ?? 0) * (inUnits / BigInt(million));
        expect(taken >= needed(whole, of) && taken - needed(whole, of) < inUnits).toBe(true);
      }),
    );
  });

  test('PRICE-10 other quantities are exact to half a millionth and keep their waste', () => {
    fc.assert(
      fc.property(anyComponent, anyQuantity, (one, of) => {
        const part = { ...one, wholeUnits: false };
        const lines = expandAssembly({ components: [part] }, of);
        if (lines === null) return;
        const [line] = lines;
        expect(line?.wasteBp).toBe(part.wasteBp);
        const off = BigInt(line?.qty ?? 0) * BigInt(million) - BigInt(part.quantity) * BigInt(of);
        expect(2n * (off < 0n ? -off : off) <= BigInt(million)).toBe(true);
      }),
    );
  });

  test('PRICE-10 more of the assembly is never less of a component, nor cheaper; buying in two goes is never less', () => {
    fc.assert(
      fc.property(anyComponent, anyQuantity, anyQuantity, fc.nat(10_000_000), (one, a, b, unitCost) => {
        const line = (component: AssemblyComponent, of: number) =>
          expandAssembly({ components: [component] }, of)?.[0];
        const [less, more] = [line(one, Math.min(a, b)), line(one, Math.max(a, b))];
        if (less === undefined || more === undefined) return;
        expect(less.qty).toBeLessThanOrEqual(more.qty);
        expect(amountOf({ ...less, unitCost }, 'USD')).toBeLessThanOrEqual(
          amountOf({ ...more, unitCost }, 'USD'),
        );
        const whole = { ...one, wholeUnits: true };
        const together = line(whole, a + b);
        if (together === undefined) return;
        expect(together.qty).toBeLessThanOrEqual((line(whole, a)?.qty ?? 0) + (line(whole, b)?.qty ?? 0));
      }),
    );
  });

  test('PRICE-10 one quantity that cannot be counted exactly is said, and none is wrong in silence', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            quantity: fc.maxSafeNat(),
            wasteBp: fc.integer({ min: 0, max: 100_000 }),
            wholeUnits: fc.boolean(),
          }),
          { maxLength: 4 },
        ),
        fc.maxSafeNat(),
        (components, quantity) => {
          const lines = expandAssembly({ components }, quantity);
          for (const { qty } of lines ?? []) expect(Number.isSafeInteger(qty)).toBe(true);
        },
      ),
    );
    expect(
      expandAssembly({ components: [component(1), component(1_000_000)] }, 9_000_000 * million),
    ).toBeNull();
  });
});

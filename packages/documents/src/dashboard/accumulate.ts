import type { Aggregation } from './schema.ts';

/** Collects the numbers of one bar, slice or point. */
export interface Accumulator {
  add(value: number): void;
  /** null: nothing was added (a count is 0 then). */
  result(): number | null;
}

/** Sums are compensated (Neumaier), so that 0.1 added ten times is 1. */
export function accumulator(agg: Aggregation): Accumulator {
  switch (agg) {
    case 'count': {
      let count = 0;
      return {
        add() {
          count += 1;
        },
        result: () => count,
      };
    }
    case 'sum':
    case 'avg': {
      let sum = 0;
      let lost = 0;
      let count = 0;
      return {
        add(value) {
          const next = sum + value;
          lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
          sum = next;
          count += 1;
        },
        result: () => (count === 0 ? null : agg === 'sum' ? sum + lost : (sum + lost) / count),
      };
    }
    case 'min':
    case 'max': {
      let best: number | null = null;
      const better = agg === 'min' ? Math.min : Math.max;
      return {
        add(value) {
          best = best === null ? value : better(best, value);
        },
        result: () => best,
      };
    }
    case 'median': {
      const values: number[] = [];
      return {
        add(value) {
          values.push(value);
        },
        result() {
          if (values.length === 0) return null;
          const sorted = values.toSorted((a, b) => a - b);
          const middle = sorted.length >> 1;
          return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
        },
      };
    }
  }
}

import type { Difference } from '@tidemark/estimating';
import type { Format } from '../format.ts';

/** `over`: it cost more than was estimated. */
export type Tone = 'over' | 'under' | 'even';

export function toneOf({ variance }: Difference): Tone {
  if (variance === 0) return 'even';
  return variance > 0 ? 'over' : 'under';
}

/** "+1,200.00"; what is below zero has its sign anyway. */
export function signed(money: number, format: Format): string {
  return `${money > 0 ? '+' : ''}${format.amount(money)}`;
}

/** "+12%"; nothing where nothing was estimated. */
export function percent({ varianceBp }: Difference, format: Format): string {
  return varianceBp === null ? '' : `${varianceBp > 0 ? '+' : ''}${format.rate(varianceBp)}`;
}

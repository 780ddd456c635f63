import { formatMoney } from '@tidemark/estimating';
import type { StatusChange, Version } from '../../api/versions.ts';

export interface Step {
  readonly text: string;
  readonly way: 'up' | 'down' | 'same';
}

/** How a bid differs from the one before it; null where that is unknown or in another currency. */
export function bidStep(version: Version, before: Version | null): Step | null {
  const [now, then] = [version.totals, before?.totals];
  if (!now || !then || now.currency !== then.currency) return null;
  return moneyStep(now.bid - then.bid, now.currency);
}

export function moneyStep(delta: number, currency: string): Step {
  if (delta === 0) return { text: 'No change', way: 'same' };
  const sign = delta > 0 ? '+' : '−';
  return { text: `${sign}${formatMoney(Math.abs(delta), currency)}`, way: delta > 0 ? 'up' : 'down' };
}

/** "Submitted as #2", "Marked as won", "Opened again". */
export function changeWords({ to, version }: Pick<StatusChange, 'to' | 'version'>): string {
  const number = version === null ? '' : ` #${version.number}`;
  if (to === 'submitted') return version === null ? 'Submitted' : `Submitted as${number}`;
  if (to === 'draft') return version === null ? 'Opened again' : `Opened again after${number}`;
  return `Marked as ${to}${version === null ? '' : ` with${number}`}`;
}

import type { Recovered, RecoveryMode, RecoveryStanding } from '../../api/recovery.ts';
import { timeInFull } from '../../shell/time.ts';

/** How strongly a line of the list speaks. */
type Tone = 'acts' | 'stays' | 'warns';

export interface LineWords {
  readonly tone: Tone;
  readonly text: string;
  /** Why, or who has changed it. */
  readonly reason: string;
}

/** Whether a recovery does anything to a document; `nearest`: also where only an earlier version is left. */
export function acts({ standing, binned, nearest }: RecoveryStanding, orNearest: boolean): boolean {
  if (standing === 'no-detail') return orNearest && nearest !== null;
  return standing === 'changed' || (standing === 'unchanged' && binned);
}

/** What would happen to a document, before it does. */
export function planWords(item: RecoveryStanding, mode: RecoveryMode, orNearest: boolean): LineWords {
  const { standing, binned, came, nearest, status } = item;
  if (standing === 'made-since') return { tone: 'stays', text: 'Stays', reason: 'Made since then' };
  if (standing === 'in-bin') return { tone: 'stays', text: 'Stays in the bin', reason: 'It was there then' };
  if (standing === 'unchanged' && !binned)
    return { tone: 'stays', text: 'Stays', reason: 'Not changed since' };
  if (!acts(item, orNearest)) {
    const left = nearest ? `; the last version before is of ${timeInFull(nearest.at)}` : '';
    return { tone: 'warns', text: 'Is left out', reason: `Every edit of then is no longer kept${left}` };
  }
  const from = standing === 'no-detail' && nearest ? ` as of ${timeInFull(nearest.at)}` : '';
  const reason = [binned && 'In the bin since', came && 'In another space then', editsWords(item)]
    .filter(Boolean)
    .join(' · ');
  if (mode === 'copies') return { tone: 'acts', text: `A copy${from}`, reason };
  if (status !== null && standing !== 'unchanged') {
    return { tone: 'warns', text: 'Is tried', reason: `It is ${status}: left out if a price would change` };
  }
  if (standing === 'unchanged') return { tone: 'acts', text: 'Comes out of the bin', reason };
  return { tone: 'acts', text: `${binned ? 'Comes back' : 'Is restored'}${from}`, reason };
}

/** What came of it. */
export function outcomeWords({ outcome, copy, outOfBin, problem }: Recovered): LineWords {
  if (outcome === 'refused') {
    const text = outOfBin ? 'Out of the bin, but not restored' : 'Not done';
    return { tone: 'warns', text, reason: problem?.detail ?? '' };
  }
  if (outcome === 'copied') return { tone: 'acts', text: 'Copied', reason: '' };
  if (outcome === 'restored')
    return { tone: 'acts', text: outOfBin ? 'Restored, out of the bin' : 'Restored', reason: '' };
  return copy
    ? { tone: 'stays', text: 'The copy is there', reason: 'It was made before' }
    : { tone: 'stays', text: 'Stays', reason: 'Nothing differs' };
}

function editsWords({ edits, by }: RecoveryStanding): string {
  if (edits === 0) return '';
  const names = by.map(({ name }) => name);
  const who = names.length > 2 ? `${names.slice(0, 2).join(', ')} and others` : names.join(' and ');
  return `${edits === 1 ? '1 edit' : `${edits} edits`} since${who ? ` by ${who}` : ''}`;
}

/** Times that people mean, as far as they are over. */
export function quickTimes(now: number): readonly { readonly label: string; readonly at: number }[] {
  const clock = (day: number, hour: number) => {
    const time = new Date(now);
    return new Date(time.getFullYear(), time.getMonth(), time.getDate() + day, hour).getTime();
  };
  return [
    { label: 'An hour ago', at: Math.floor(now / 60_000) * 60_000 - 3_600_000 },
    { label: 'This morning', at: clock(0, 8) },
    { label: 'Yesterday evening', at: clock(-1, 18) },
    { label: 'A week ago', at: clock(-7, 18) },
  ].filter(({ at }) => at < now);
}

/** A time as a `datetime-local` field holds it, where the person is. */
export function fieldTime(at: number): string {
  const local = new Date(at - new Date(at).getTimezoneOffset() * 60_000).toISOString();
  return local.slice(0, 19);
}

export const documentsWords = (count: number) => (count === 1 ? '1 document' : `${count} documents`);

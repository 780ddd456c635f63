/** Who waits until what they wrote is stored. */
import type { Flushed } from './front-door.ts';
import type { Stop } from './status.ts';

export interface Known {
  /** Local edits stored so far. */
  readonly stored: number;
  readonly lsn: number | null;
  readonly stop: Stop | null;
  /** In sync with a server that never says what it stored. */
  readonly unconfirmed: boolean;
}

export const flushedTooLate: Flushed = { unflushed: 'destroyed', detail: 'The provider was destroyed.' };

export function createFlushes() {
  let waiting: { readonly target: number; readonly settle: (result: Flushed) => void }[] = [];
  return {
    /** Waits for the first `target` local edits. */
    add(target: number): Promise<Flushed> {
      return new Promise((settle) => waiting.push({ target, settle }));
    },
    settle({ stored, lsn, stop, unconfirmed }: Known): void {
      const before = waiting;
      waiting = [];
      for (const flush of before) {
        if (stored >= flush.target) flush.settle({ lsn });
        else if (stop !== null) flush.settle({ unflushed: stop.code, detail: stop.message });
        else if (unconfirmed) {
          flush.settle({ unflushed: 'unconfirmed', detail: 'This server does not say what it has stored.' });
        } else waiting.push(flush);
      }
    },
    giveUp(): void {
      for (const flush of waiting) flush.settle(flushedTooLate);
      waiting = [];
    },
  };
}

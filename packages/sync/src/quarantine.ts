import type { Log, Quarantine } from './ports.ts';

/** Keeps nothing: the journal is told who sent what kind of thing, and the engine counts it. */
export function createJournalQuarantine(journal: Log): Quarantine {
  return {
    async keep({ bytes, ...what }) {
      journal.warn('quarantined', { ...what, bytes: bytes.length });
    },
  };
}

import type { Counters } from './counters.ts';
import type { Log, Quarantine, Quarantined } from './ports.ts';

/** What may be on its way into the quarantine at once: a flood of refused frames must not become a flood of stores. */
const itemsUnderWay = 16;
const bytesUnderWay = 8 * 1024 * 1024;

/** Keeps nothing: the journal is told who sent what kind of thing, and the engine counts it. */
export function createJournalQuarantine(journal: Log): Quarantine {
  return {
    async keep({ bytes, ...what }) {
      journal.warn('update-refused', { ...what, bytes: bytes.length });
    },
  };
}

/** The way into the quarantine: nobody waits for it, and it takes no more than it can carry. */
export function createSettingAside(
  quarantine: Quarantine,
  journal: Log,
  counters: Counters,
): (item: Quarantined) => void {
  let items = 0;
  let bytes = 0;
  return (item) => {
    counters.quarantined += 1;
    const { length } = item.bytes;
    if (items >= itemsUnderWay || (items > 0 && bytes + length > bytesUnderWay)) return;
    items += 1;
    bytes += length;
    quarantine
      .keep(item)
      .catch((error: unknown) => {
        journal.error('quarantine-failed', { documentId: item.documentId, error: String(error) });
      })
      .finally(() => {
        items -= 1;
        bytes -= length;
      });
  };
}

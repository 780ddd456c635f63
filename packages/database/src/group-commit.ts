import type { Appended, Batch } from '@tidemark/sync';

/** Commits several batches, at most one per document, in one transaction; answers in their order. */
type CommitGroup = (group: readonly Batch[]) => Promise<readonly Appended[]>;

export interface GroupCommitOptions {
  readonly commit: CommitGroup;
  /** Whether a failed group's batches deserve a try each alone: true when one of them may be the cause. */
  readonly isolate: (error: unknown) => boolean;
  /** Groups in flight at once. */
  readonly inFlight?: number;
  /** Most batches, and most bytes, of one group; a larger batch goes alone. */
  readonly batches?: number;
  readonly bytes?: number;
}

interface Waiting {
  readonly batch: Batch;
  readonly bytes: number;
  readonly resolve: (appended: Appended) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Collects what arrives while commits are in flight and hands it on as the next group: alone a batch waits for nobody,
 * under load many share one commit. Batches of one document go one after the other, in the order they came.
 */
export function createGroupCommit(options: GroupCommitOptions): (batch: Batch) => Promise<Appended> {
  const { commit, isolate, inFlight = 2, batches = 256, bytes = 8 * 1024 * 1024 } = options;
  let waiting: Waiting[] = [];
  let flying = 0;
  let departing = false;
  const busy = new Set<string>();

  const takeGroup = (): Waiting[] => {
    const group: Waiting[] = [];
    const left: Waiting[] = [];
    // A document held back stays held back, or its later batch would overtake the earlier one.
    const held = new Set(busy);
    let size = 0;
    for (const one of waiting) {
      const fits = group.length === 0 || (group.length < batches && size + one.bytes <= bytes);
      if (fits && !held.has(one.batch.documentId)) {
        group.push(one);
        size += one.bytes;
      } else {
        left.push(one);
      }
      held.add(one.batch.documentId);
    }
    waiting = left;
    return group;
  };

  const fly = async (group: readonly Waiting[]): Promise<void> => {
    try {
      const answers = await commit(group.map(({ batch }) => batch));
      for (const [i, { resolve, reject }] of group.entries()) {
        const answer = answers[i];
        if (answer === undefined) reject(new Error('The log gave fewer answers than it was given batches.'));
        else resolve(answer);
      }
    } catch (error) {
      if (group.length > 1 && isolate(error)) for (const one of group) await fly([one]);
      else for (const { reject } of group) reject(error);
    }
  };

  const depart = (): void => {
    while (flying < inFlight && waiting.length > 0) {
      const group = takeGroup();
      if (group.length === 0) return;
      flying += 1;
      for (const { batch } of group) busy.add(batch.documentId);
      void fly(group).finally(() => {
        flying -= 1;
        for (const { batch } of group) busy.delete(batch.documentId);
        depart();
      });
    }
  };

  return (batch) =>
    new Promise((resolve, reject) => {
      const size = batch.entries.reduce((sum, { update }) => sum + update.byteLength, 0);
      waiting.push({ batch, bytes: size, resolve, reject });
      // Rooms that store in the same turn of the event loop depart together.
      if (departing) return;
      departing = true;
      setImmediate(() => {
        departing = false;
        depart();
      });
    });
}

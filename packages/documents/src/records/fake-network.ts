import * as Y from 'yjs';

/**
 * Replicas that exchange updates only when told to, in any order: what the tests of convergence run on. Yjs keeps
 * an update that came too early until what it builds on is there.
 */
export interface FakeNetwork {
  readonly docs: readonly Y.Doc[];
  /** Delivers one waiting update to a replica; `pick` chooses which. */
  deliver(to: number, pick: number): void;
  /** Delivers everything to everybody, last come first served. */
  settle(): void;
  /** Updates made on a replica so far. */
  sent(from: number): number;
}

export function createFakeNetwork(count: number, begin?: (doc: Y.Doc) => void): FakeNetwork {
  const origin = new Y.Doc();
  begin?.(origin);
  const start = Y.encodeStateAsUpdate(origin);
  const waiting: Uint8Array[][] = Array.from({ length: count }, () => []);
  const sent = new Array<number>(count).fill(0);
  const docs = Array.from({ length: count }, (_, index) => {
    const doc = new Y.Doc();
    // Fixed client IDs: who wins a concurrent write must not depend on chance.
    doc.clientID = 100 + index;
    Y.applyUpdate(doc, start, network);
    doc.on('update', (update: Uint8Array, from: unknown) => {
      if (from === network) return;
      sent[index]! += 1;
      waiting.forEach((queue, other) => {
        if (other !== index) queue.push(update);
      });
    });
    return doc;
  });
  return {
    docs,
    deliver(to, pick) {
      const queue = waiting[to % count]!;
      if (queue.length === 0) return;
      const [update] = queue.splice(pick % queue.length, 1);
      Y.applyUpdate(docs[to % count]!, update!, network);
    },
    settle() {
      waiting.forEach((queue, index) => {
        for (let update = queue.pop(); update !== undefined; update = queue.pop()) {
          Y.applyUpdate(docs[index]!, update, network);
        }
      });
    },
    sent: (from) => sent[from]!,
  };
}

/** Origin of what came over the network. */
const network = { type: 'network' };

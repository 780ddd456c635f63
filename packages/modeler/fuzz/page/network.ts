import * as Y from 'yjs';
import type { Chance } from '../chance.ts';

/** The origin of what came from others. */
export const fromNetwork = 'network';

/** Everybody's updates on their way to everybody else. Who is offline is sent nothing until they are back. */
export interface Network {
  /** Takes a replica in; what it writes from now on goes to all others. */
  enter(doc: Y.Doc): void;
  /** Lets some of what waits for a replica arrive: in order, all at once, out of order, some of it twice. */
  deliver(doc: Y.Doc, chance: Chance): number;
  leave(doc: Y.Doc): void;
  /** Back online: what both sides lack is exchanged by state vectors, as after a reconnect. */
  comeBack(doc: Y.Doc): void;
  /** Everybody comes back and all that is written anywhere is everywhere. */
  settle(): void;
}

export function createNetwork(): Network {
  const waiting = new Map<Y.Doc, Uint8Array[]>();
  const offline = new Set<Y.Doc>();
  const online = () => [...waiting.keys()].filter((doc) => !offline.has(doc));

  const exchange = (one: Y.Doc, other: Y.Doc): boolean => {
    const forOther = Y.encodeStateAsUpdate(one, Y.encodeStateVector(other));
    const forOne = Y.encodeStateAsUpdate(other, Y.encodeStateVector(one));
    let changed = false;
    for (const [doc, update] of [[other, forOther] as const, [one, forOne] as const]) {
      const note = () => {
        changed = true;
      };
      doc.on('update', note);
      Y.applyUpdate(doc, update, fromNetwork);
      doc.off('update', note);
    }
    return changed;
  };

  const network: Network = {
    enter(doc) {
      const first = online()[0];
      waiting.set(doc, []);
      if (first !== undefined) exchange(first, doc);
      doc.on('update', (update: Uint8Array, origin: unknown) => {
        if (origin === fromNetwork || offline.has(doc)) return;
        for (const [other, queue] of waiting) if (other !== doc && !offline.has(other)) queue.push(update);
      });
    },
    deliver(doc, chance) {
      const queue = waiting.get(doc) ?? [];
      if (offline.has(doc) || queue.length === 0) return 0;
      const batch = queue.splice(0, chance.between(1, queue.length));
      if (chance.percent(15)) queue.push(...batch.filter(() => chance.percent(30)));
      if (chance.percent(20)) batch.sort(() => chance.next() - 0.5);
      const each = () => {
        for (const update of batch) Y.applyUpdate(doc, update, fromNetwork);
      };
      const manner = chance.oneOf(['merged', 'one transaction', 'one by one']);
      if (manner === 'merged') Y.applyUpdate(doc, Y.mergeUpdates(batch), fromNetwork);
      else if (manner === 'one transaction') doc.transact(each, fromNetwork);
      else each();
      return batch.length;
    },
    leave(doc) {
      offline.add(doc);
      waiting.set(doc, []);
    },
    comeBack(doc) {
      if (!offline.delete(doc)) return;
      const others = online().filter((other) => other !== doc);
      for (const other of others) exchange(doc, other);
    },
    settle() {
      for (const doc of [...offline]) network.comeBack(doc);
      for (const [doc, queue] of waiting) {
        for (const update of queue.splice(0)) Y.applyUpdate(doc, update, fromNetwork);
      }
      const docs = [...waiting.keys()];
      for (let again = true; again; ) {
        again = false;
        for (const one of docs)
          for (const other of docs) if (one !== other && exchange(one, other)) again = true;
      }
    },
  };
  return network;
}

import type { Bus } from '@tidemark/sync';

type Listener = (head: number) => void;

/** Says on the bus how far a document's log goes, and hears it from other processes. */
export interface Bell {
  /** After a commit: rings here at once, and in the processes that listen as soon as the bus brings it there. */
  ring(documentId: string, head: number): void;
  onAppended(documentId: string, listener: Listener): () => void;
}

export function createBell(bus: Bus): Bell {
  const listening = new Map<string, { readonly listeners: Set<Listener>; readonly stop: () => void }>();
  const tell = (documentId: string, head: number) => {
    for (const listener of [...(listening.get(documentId)?.listeners ?? [])]) listener(head);
  };
  const begin = (documentId: string) => {
    const stop = bus.subscribe(topicOf(documentId), (bytes) => {
      const head = Number(new TextDecoder().decode(bytes));
      if (Number.isSafeInteger(head)) tell(documentId, head);
    });
    return { listeners: new Set<Listener>(), stop };
  };
  return {
    ring(documentId, head) {
      tell(documentId, head);
      bus.publish(topicOf(documentId), new TextEncoder().encode(String(head)));
    },
    onAppended(documentId, listener) {
      const here = listening.get(documentId) ?? begin(documentId);
      listening.set(documentId, here);
      here.listeners.add(listener);
      return () => {
        here.listeners.delete(listener);
        if (here.listeners.size > 0 || listening.get(documentId) !== here) return;
        listening.delete(documentId);
        here.stop();
      };
    },
  };
}

function topicOf(documentId: string): string {
  return `log/${documentId}`;
}

import { type Refusal, refuse } from '@tidemark/protocol';
import type { Bus } from '@tidemark/sync';

const topic = 'operators-reopen';

interface Rooms {
  dismiss(documentId: string, refusal: Refusal): void;
  release(documentId: string): void;
}

/**
 * Closes a document's rooms in all processes and lets it be opened anew. `stop` ends the listening for other processes. A
 * message that the bus loses leaves the rooms of that process as they are; the operator sees it and asks again.
 */
export function createReopening(rooms: Rooms, bus: Bus): { reopen(documentId: string): void; stop(): void } {
  const reopenHere = (documentId: string) => {
    rooms.release(documentId);
    rooms.dismiss(documentId, refuse('restarting', 'The document is loaded anew.'));
  };
  const stop = bus.subscribe(topic, (bytes) => reopenHere(new TextDecoder().decode(bytes)));
  return {
    stop,
    reopen(documentId) {
      bus.publish(topic, new TextEncoder().encode(documentId));
      reopenHere(documentId);
    },
  };
}

import { anyTopic, type Frame } from '@tidemark/protocol';
import type { Bus } from './ports.ts';

/** A session, as far as it takes news. */
interface Listener {
  readonly state: 'catching-up' | 'live' | 'closed';
  tellExtended(frame: Frame): void;
}

/** One word without spaces: it is a message of the bus, too. */
const wellFormed = /^[a-z][a-z-]{0,31}$/;

/**
 * Tells live sessions, here and in other processes, that something beside their document has changed. Nothing is kept: who
 * joins looks for itself, and after a cut of the bus everybody is told to look again.
 */
export class Newsroom {
  readonly #bus: Bus | null;
  readonly #sessions: ReadonlyMap<string, ReadonlySet<Listener>>;
  /** Documents that somebody has open here, and what ends the hearing of others' news of them. */
  readonly #heard = new Map<string, () => void>();
  readonly #stopHearing: () => void;

  constructor(bus: Bus | null, sessions: ReadonlyMap<string, ReadonlySet<Listener>>) {
    this.#bus = bus;
    this.#sessions = sessions;
    this.#stopHearing =
      bus?.onReconnected(() => {
        for (const documentId of this.#heard.keys()) this.#pass(documentId, anyTopic);
      }) ?? (() => undefined);
  }

  tell(documentId: string, topic: string): void {
    if (!wellFormed.test(topic)) throw new TypeError(`No topic of news: ${topic}`);
    this.#pass(documentId, topic);
    this.#bus?.publish(channel(documentId), toBytes(topic));
  }

  /** Sessions of the document have come or gone. */
  sessionsChanged(documentId: string): void {
    const open = this.#sessions.has(documentId);
    const stop = this.#heard.get(documentId);
    if (open && stop === undefined && this.#bus !== null) {
      const hear = (bytes: Uint8Array) => this.#hear(documentId, bytes);
      this.#heard.set(documentId, this.#bus.subscribe(channel(documentId), hear));
    } else if (!open && stop !== undefined) {
      this.#heard.delete(documentId);
      stop();
    }
  }

  stop(): void {
    this.#stopHearing();
    for (const stop of this.#heard.values()) stop();
    this.#heard.clear();
  }

  #hear(documentId: string, bytes: Uint8Array): void {
    const topic = String.fromCharCode(...bytes.subarray(0, 64));
    if (wellFormed.test(topic)) this.#pass(documentId, topic);
  }

  #pass(documentId: string, topic: string): void {
    for (const session of [...(this.#sessions.get(documentId) ?? [])]) {
      if (session.state === 'live') session.tellExtended({ type: 'news', topic });
    }
  }
}

function channel(documentId: string): string {
  return `news/${documentId}`;
}

/** Topics are ASCII. */
function toBytes(topic: string): Uint8Array {
  return Uint8Array.from(topic, (letter) => letter.charCodeAt(0));
}

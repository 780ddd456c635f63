import type { Bus } from './ports.ts';

/** One message on its way to one process. */
export interface Carriage {
  readonly from: string;
  readonly to: string;
  readonly topic: string;
}

/** A bus in memory, for tests and simulations: every process of a house joins the same hub. */
export interface MemoryHub {
  join(self?: string): Bus;
  /** The process hears nothing and is heard by nobody … */
  cut(self: string): void;
  /** … until now; what passed meanwhile is lost. */
  mend(self: string): void;
  /** What hearers threw. */
  readonly faults: readonly unknown[];
}

interface Seat {
  readonly topics: Map<string, Set<(bytes: Uint8Array, from: string) => void>>;
  readonly reconnected: Set<() => void>;
  cut: boolean;
}

/** `carry` brings each message there: now, later, twice or never. The default brings it after the present task. */
export function createMemoryHub(
  carry: (deliver: () => void, carriage: Carriage) => void = (deliver) =>
    void Promise.resolve().then(deliver),
): MemoryHub {
  const seats = new Map<string, Seat>();
  const faults: unknown[] = [];

  const deliver = ({ from, to, topic }: Carriage, bytes: Uint8Array): void => {
    const seat = seats.get(to);
    if (seat === undefined || seat.cut) return;
    for (const hear of [...(seat.topics.get(topic) ?? [])]) {
      try {
        hear(bytes.slice(), from);
      } catch (error) {
        faults.push(error);
      }
    }
  };

  return {
    faults,
    join(self = `process-${seats.size + 1}`) {
      const seat: Seat = { topics: new Map(), reconnected: new Set(), cut: false };
      seats.set(self, seat);
      return {
        self,
        publish(topic, bytes) {
          if (seats.get(self) !== seat || seat.cut) return;
          const copy = bytes.slice();
          for (const to of seats.keys()) {
            const carriage = { from: self, to, topic };
            if (to !== self) carry(() => deliver(carriage, copy), carriage);
          }
        },
        subscribe(topic, hear) {
          const hearing = seat.topics.get(topic) ?? new Set();
          seat.topics.set(topic, hearing.add(hear));
          return () => {
            hearing.delete(hear);
            if (hearing.size === 0 && seat.topics.get(topic) === hearing) seat.topics.delete(topic);
          };
        },
        onReconnected(listener) {
          seat.reconnected.add(listener);
          return () => void seat.reconnected.delete(listener);
        },
        async close() {
          if (seats.get(self) === seat) seats.delete(self);
        },
      };
    },
    cut(self) {
      const seat = seats.get(self);
      if (seat !== undefined) seat.cut = true;
    },
    mend(self) {
      const seat = seats.get(self);
      if (seat === undefined || !seat.cut) return;
      seat.cut = false;
      for (const listener of [...seat.reconnected]) listener();
    },
  };
}

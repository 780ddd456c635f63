import { type Ground, Skipped } from './check.ts';
import { openRaw, type RawConnection } from './raw-connection.ts';
import type { Subject } from './subject.ts';
import { Visitor, type VisitorOptions } from './visitor.ts';

/** The ground of one check, and the function that closes all that was opened on it. */
export function layGround(subject: Subject, id: string): { ground: Ground; clear(): void } {
  const { dialect, patience } = subject;
  const visitors: Visitor[] = [];
  const raws: RawConnection[] = [];
  const arrive: Ground['arrive'] = async (room, options: Partial<VisitorOptions> = {}) => {
    const visitor = await Visitor.at(room, { dialect, patience, ...options });
    visitors.push(visitor);
    return visitor;
  };
  const ground: Ground = {
    scope: `${id}-${crypto.randomUUID().slice(0, 8)}`,
    denied: subject.denied ?? null,
    patience,
    room: () => subject.room(id),
    arrive,
    async join(room, options) {
      const visitor = await arrive(room, options);
      await visitor.sync();
      return visitor;
    },
    async raw(room) {
      const raw = await openRaw(room.url, patience);
      raws.push(raw);
      return raw;
    },
    async restart() {
      if (!subject.restart) throw new Skipped('no way to restart the server was given');
      await subject.restart();
    },
  };
  return {
    ground,
    clear() {
      for (const visitor of visitors) {
        visitor.cut();
        visitor.doc.destroy();
      }
      for (const raw of raws) raw.destroy();
    },
  };
}

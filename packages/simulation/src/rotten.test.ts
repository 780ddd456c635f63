import './ambient.ts';
import { decodeFrame, encodeFrame, isRefusal } from '@tidemark/protocol';
import type { Settings, Socket, UpdateLog } from '@tidemark/sync';
import { describe, expect, test } from 'vitest';
import { planOf } from './plan.ts';
import { runPlan } from './run.ts';
import { shrink } from './shrink.ts';
import type { Tamper } from './tamper.ts';

/** A log whose append does something else. */
function appending(
  append: (log: UpdateLog, ...given: Parameters<UpdateLog['append']>) => ReturnType<UpdateLog['append']>,
) {
  return (log: UpdateLog): UpdateLog => ({ ...log, append: (batch) => append(log, batch) });
}

/** A socket whose messages are changed on their way out. */
function sending(change: (bytes: Uint8Array) => Uint8Array) {
  return (socket: Socket): Socket => ({
    extended: socket.extended,
    send: (bytes) => socket.send(change(bytes)),
    bufferedBytes: () => socket.bufferedBytes(),
    close: (code, reason) => socket.close(code, reason),
  });
}

const never: Partial<Settings> = { lookMs: 1e12 };

/** A way for the house to be rotten, the rules of which at least one has to be seen broken, and within how many runs. */
const rotten: readonly { what: string; rules: readonly string[]; within: number; tamper: () => Tamper }[] = [
  {
    what: 'acks before the append has returned',
    rules: ['I1', 'I3', 'I4'],
    within: 5,
    tamper: () => ({
      log: appending(async (log, batch) => {
        log.append(batch).catch(() => undefined);
        return { outcome: 'stored', head: batch.after + batch.entries.length, missed: [] };
      }),
    }),
  },
  {
    what: 'takes a failed append for stored',
    rules: ['I1', 'I3', 'I4'],
    within: 40,
    tamper: () => ({
      log: appending((log, batch) =>
        log.append(batch).catch(() => ({
          outcome: 'stored',
          head: batch.after + batch.entries.length,
          missed: [],
        })),
      ),
    }),
  },
  {
    what: 'counts one frame more than it stored',
    rules: ['I1', 'I3'],
    within: 5,
    tamper: () => ({
      socket: sending((bytes) => {
        const frame = decodeFrame(bytes);
        if (isRefusal(frame) || frame.type !== 'ack') return bytes;
        return encodeFrame({ ...frame, n: frame.n + 1 });
      }),
    }),
  },
  {
    what: 'lets its acks go down',
    rules: ['I1'],
    within: 10,
    tamper: () => {
      let acks = 0;
      return {
        socket: sending((bytes) => {
          const frame = decodeFrame(bytes);
          if (isRefusal(frame) || frame.type !== 'ack') return bytes;
          acks += 1;
          return acks % 2 === 0 ? encodeFrame({ ...frame, n: 0, lsn: 0 }) : bytes;
        }),
      };
    },
  },
  {
    what: 'hears no bell and never looks for itself',
    rules: ['I5', 'I15'],
    within: 20,
    tamper: () => ({
      settings: never,
      log: (log) => ({ ...log, onAppended: () => () => undefined, heads: async () => new Map() }),
    }),
  },
  {
    what: 'passes over what an append says it missed',
    rules: ['I5', 'I7', 'I14', 'I15'],
    within: 100,
    tamper: () => ({
      log: appending(async (log, batch) => {
        const appended = await log.append(batch);
        return appended.outcome === 'stored' ? { ...appended, missed: [] } : appended;
      }),
    }),
  },
  {
    what: 'reads on and leaves out the last entry of each page',
    rules: ['I5', 'I14', 'I15'],
    within: 60,
    tamper: () => ({
      log: (log) => ({
        ...log,
        async readAfter(...given) {
          const page = await log.readAfter(...given);
          return page === 'gone' ? page : page.slice(0, -1);
        },
      }),
    }),
  },
  {
    what: 'stores a batch in another order',
    rules: ['I7'],
    within: 60,
    tamper: () => ({
      log: appending((log, batch) => log.append({ ...batch, entries: [...batch.entries].reverse() })),
    }),
  },
  {
    what: 'stores everything twice',
    rules: ['I9'],
    within: 5,
    tamper: () => ({
      log: appending(async (log, batch) => {
        const first = await log.append(batch);
        return first.outcome === 'stored' ? log.append({ ...batch, after: first.head }) : first;
      }),
    }),
  },
  {
    what: 'makes checkpoints of more than their position says',
    rules: ['I6'],
    within: 20,
    tamper: () => ({
      log: (log) => ({
        ...log,
        saveCheckpoint: (checkpoint) =>
          log.saveCheckpoint({ ...checkpoint, lsn: Math.max(1, checkpoint.lsn - 1) }),
      }),
    }),
  },
  {
    what: 'stores what belongs to an earlier life',
    rules: ['I17'],
    within: 500,
    tamper: () => {
      let epoch = 1;
      return {
        log: (log) => ({
          ...log,
          async load(documentId) {
            const loaded = await log.load(documentId);
            if (loaded !== null) epoch = Math.max(epoch, loaded.epoch);
            return loaded;
          },
          readAfter: (documentId, _epoch, ...rest) => log.readAfter(documentId, epoch, ...rest),
          append: (batch) =>
            log
              .append({ ...batch, epoch })
              .then(async (appended) =>
                appended.outcome === 'gone' ? log.append({ ...batch, epoch: epoch + 1 }) : appended,
              ),
        }),
      };
    },
  },
  {
    what: 'goes on letting a reader write',
    rules: ['I10'],
    within: 300,
    tamper: () => ({ right: () => 'edit' }),
  },
  {
    what: 'never lets go of somebody who fell silent',
    rules: ['I11', 'I13'],
    within: 100,
    tamper: () => ({ patientDoor: true, settings: { presenceOutdatedMs: 1e12 } }),
  },
  {
    what: 'measures time by the clock on the wall',
    rules: ['I11', 'I12', 'I5', 'I15'],
    within: 600,
    tamper: () => ({ clock: (clock, wall) => ({ ...clock, now: wall }) }),
  },
  {
    what: 'lets any number of bytes wait for a slow reader',
    rules: ['I12'],
    within: 600,
    tamper: () => ({ settings: { slowReaderBytes: 1e9 } }),
  },
  {
    what: 'keeps its rooms for ever',
    rules: ['I13'],
    within: 2,
    tamper: () => ({ settings: { idleMs: 1e12 } }),
  },
  {
    what: 'has a network that loses a message in the middle of a connection',
    rules: ['I5', 'I15'],
    within: 20,
    tamper: () => {
      let messages = 0;
      return {
        up(bytes) {
          messages += 1;
          return messages % 7 === 0 ? null : bytes;
        },
      };
    },
  },
  {
    what: 'tells a client that all it sent is stored',
    rules: ['I3', 'I4'],
    within: 10,
    tamper: () => {
      let sent = 0;
      return {
        up(bytes) {
          if (bytes[0] === 0 && bytes[1] !== 0) sent += 1;
          return bytes;
        },
        client: (end) => ({
          ...end,
          message(bytes) {
            end.message(bytes);
            if (bytes[0] === 1) end.message(encodeFrame({ type: 'ack', n: Math.min(1, sent), lsn: 1 }));
          },
        }),
      };
    },
  },
];

describe('the simulation sees what is rotten', () => {
  test.each(rotten)(
    'a house that $what breaks one of $rules within $within runs',
    async ({ rules, within, tamper }) => {
      for (let seed = 1; seed <= within; seed += 1) {
        const { violations } = await runPlan(planOf(seed), tamper());
        if (violations.some(({ rule }) => rules.includes(rule))) return;
      }
      expect.fail('The simulation saw nothing.');
    },
  );

  test('a failing plan shrinks to few steps that still fail', async () => {
    const tamper = rotten[1]!.tamper();
    for (let seed = 1; ; seed += 1) {
      const plan = planOf(seed);
      const outcome = await runPlan(plan, tamper);
      if (outcome.violations.length === 0) continue;
      const small = await shrink(plan, outcome, tamper);
      expect(small.plan.steps.length).toBeLessThanOrEqual(4);
      expect(small.outcome.violations[0]?.rule).toBe(outcome.violations[0]?.rule);
      return;
    }
  });
});

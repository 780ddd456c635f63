import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Lobby } from '@tidemark/sync';
import * as z from 'zod';

/** Rooms that one report names; a process with more names the busiest. */
const mostRooms = 500;

const Session = z.object({
  userId: z.string(),
  access: z.enum(['edit', 'read']),
  since: z.number().describe('Milliseconds since 1970.'),
  frames: z.number().describe('Content frames received.'),
  bufferedBytes: z.number().describe('Not yet taken by the network.'),
  stale: z.boolean().describe('A slow reader, which gets one diff when it has drained.'),
});

export const Room = z.object({
  documentId: z.string(),
  epoch: z.number(),
  head: z.number().describe('The last log position this process holds.'),
  sessions: z.array(Session),
  stateBytes: z.number().describe('An upper bound.'),
  tailEntries: z.number().describe('Log entries after the last checkpoint.'),
  tailBytes: z.number(),
  backlogBytes: z.number().describe('Waiting to be stored.'),
  dirtySince: z.number().nullable().describe('Since when the oldest of them waits; milliseconds since 1970.'),
  pendingBytes: z.number().describe('Content that waits for missing updates.'),
  present: z.number(),
  failing: z.boolean().describe('Whether people were told that storing fails.'),
});

export const Report = z.object({
  version: z.string(),
  pid: z.number(),
  memoryBytes: z.number().describe('Resident.'),
  heapBytes: z.number(),
  loopDelayMs: z
    .number()
    .describe('The longest time the event loop was held up since the last report, in milliseconds.'),
  stats: z.record(z.string(), z.number()).describe('What /metrics shows, as numbers.'),
  rooms: z.array(Room).describe(`At most ${mostRooms}: those with the most people and unsaved bytes.`),
});

export type Report = z.infer<typeof Report>;

/** What this process says of itself. `close` ends the watching of the event loop. */
export function createReporter(lobby: Lobby, version: string): { report(): Report; close(): void } {
  const delay = monitorEventLoopDelay({ resolution: 10 });
  delay.enable();
  return {
    report() {
      const { rss, heapUsed } = process.memoryUsage();
      const rooms = lobby
        .rooms()
        .map((room) => ({ ...room, sessions: room.sessions.map((session) => ({ ...session })) }))
        .sort((a, b) => weight(b) - weight(a))
        .slice(0, mostRooms);
      const loopDelayMs = Math.max(0, delay.max / 1e6 - 10);
      delay.reset();
      return {
        version,
        pid: process.pid,
        memoryBytes: rss,
        heapBytes: heapUsed,
        loopDelayMs: Math.round(loopDelayMs),
        stats: Object.fromEntries(
          Object.entries(lobby.stats()).filter(
            (figure): figure is [string, number] => typeof figure[1] === 'number',
          ),
        ),
        rooms,
      };
    },
    close: () => delay.disable(),
  };
}

function weight({ sessions, backlogBytes, pendingBytes }: z.infer<typeof Room>): number {
  return backlogBytes + pendingBytes > 0 ? 1e9 + backlogBytes + pendingBytes : sessions.length;
}

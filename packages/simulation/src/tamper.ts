import type { Access } from '@tidemark/protocol';
import type { Clock, Settings, Socket, UpdateLog } from '@tidemark/sync';
import type { ClientEnd } from './link.ts';

/** What makes a house of rotten parts: wraps the ports, so that a test can see a rule being broken. All of it is left out normally. */
export interface Tamper {
  readonly settings?: Partial<Settings>;
  log?(log: UpdateLog): UpdateLog;
  /** The right as a process hears it, who thinks so since it joined or by a later question. */
  right?(right: Access | 'none', asked: 'joining' | 'live'): Access | 'none';
  socket?(socket: Socket): Socket;
  client?(end: ClientEnd): ClientEnd;
  /** `wall` is a process's clock on the wall. */
  clock?(clock: Clock, wall: () => number): Clock;
  /** The door never cuts a silent connection. */
  readonly patientDoor?: boolean;
  /** What the network does to a message of a client; null loses it. */
  up?(bytes: Uint8Array): Uint8Array | null;
}

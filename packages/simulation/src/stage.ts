import { decodeFrame, isRefusal } from '@tidemark/protocol';
import type { Audit } from './audit.ts';
import { type ClientEnd, Link } from './link.ts';
import type { ServerProcess } from './server-process.ts';
import { slowReaderBytes } from './server-process.ts';
import type { Tamper } from './tamper.ts';
import type { Actor, Timeline } from './timeline.ts';
import type { Violations } from './violations.ts';
import { type Dial, webSocketOver } from './web-socket.ts';

export const documentId = 'd';

/** A server's door cuts a connection that has been silent for so long, milliseconds. */
const silenceMs = 60_000;

/** What somebody in the cast needs of the house. */
export interface Stage {
  readonly timeline: Timeline;
  readonly audit: Audit;
  readonly broken: Violations;
  readonly processes: readonly ServerProcess[];
  /** Whether the document is begun anew in this plan. */
  readonly renews: boolean;
  readonly tamper: Tamper;
}

/** Where somebody in the cast is, and how their line is. */
export interface Place {
  readonly name: string;
  readonly user: string;
  /** Where its next connection goes. */
  process: number;
  frozen: { readonly up: boolean; readonly down: boolean };
  readonly links: Set<Link>;
  /** The server told which life of the document it shows. */
  greeted: (epoch: number) => void;
}

export function placeOf(name: string, user: string, process: number): Place {
  return {
    name,
    user,
    process,
    frozen: { up: false, down: false },
    links: new Set(),
    greeted: () => undefined,
  };
}

let dialled = 0;

/** Connections are numbered from one in each run. */
export function resetDialling(): void {
  dialled = 0;
}

/** How `actor` at `place` reaches the server: the process of the moment, by the line of the moment. */
export function dialFrom(stage: Stage, place: Place, actor: Actor): Dial {
  return (url, extended, end) => connect(stage, place, actor, { epoch: epochIn(url), extended }, end);
}

export function socketsFrom(stage: Stage, place: Place, actor: Actor): typeof globalThis.WebSocket {
  return webSocketOver(dialFrom(stage, place, actor));
}

function connect(
  stage: Stage,
  place: Place,
  actor: Actor,
  { epoch, extended }: { readonly epoch: number | null; readonly extended: boolean },
  given: ClientEnd,
): Link {
  const { timeline, audit, broken, tamper } = stage;
  const end = tamper.client?.(given) ?? given;
  const process = stage.processes[place.process % stage.processes.length];
  if (process === undefined) throw new Error('There is no server process.');
  dialled += 1;
  const name = `${place.name}#${dialled}`;
  const { chance } = actor;
  let largest = 0;
  const link = new Link(
    {
      name,
      timeline,
      client: actor,
      server: process.actor,
      extended,
      latency: () => (chance.percent(10) ? chance.between(20, 300) : chance.between(1, 20)),
      silenceMs: tamper.patientDoor === true ? null : silenceMs,
      garble: tamper.up ?? ((bytes) => bytes),
      slowBytes: slowReaderBytes,
      accept(socket) {
        audit.connected(name, process.name, place.user);
        return process.accept(socket, place.user, documentId, epoch);
      },
      told(bytes) {
        audit.told(name, bytes);
        largest = Math.max(largest, bytes.length);
        const bound = 2 * (slowReaderBytes + largest);
        broken.check(
          'I12',
          link.unread <= bound,
          () => `${name}: ${link.unread} bytes wait for a slow reader`,
        );
      },
      heard: (bytes) => audit.heard(name, bytes),
      ended() {
        process.links.delete(link);
        place.links.delete(link);
      },
    },
    {
      ...end,
      message(bytes) {
        const frame = bytes[0] === 101 ? decodeFrame(bytes) : null;
        if (frame !== null && !isRefusal(frame) && frame.type === 'hello') place.greeted(frame.epoch);
        end.message(bytes);
      },
    },
  );
  process.links.add(link);
  place.links.add(link);
  if (place.frozen.up || place.frozen.down) link.freeze(place.frozen.up, place.frozen.down);
  return link;
}

/** The epoch that a client says it holds. */
function epochIn(url: string): number | null {
  const epoch = /[?&]epoch=(\d+)/.exec(url)?.[1];
  return epoch === undefined ? null : Number(epoch);
}

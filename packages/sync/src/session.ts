import {
  type Access,
  decodeFrame,
  type Frame,
  isRefusal,
  limits,
  type Refusal,
  refusals,
  refuse,
} from '@tidemark/protocol';
import { accessNotice, within } from './access.ts';
import { countRefusal } from './counters.ts';
import type { Mark } from './mark.ts';
import type { Member } from './member.ts';
import { Outlet } from './outlet.ts';
import type { Principal, Socket } from './ports.ts';
import type { SessionReport } from './report.ts';
import type { Watched } from './rights-watch.ts';
import type { Room } from './room.ts';
import { type Happening, type SessionState, transitions } from './session-state.ts';
import type { Deliver } from './supply.ts';
import { Tally } from './tally.ts';
import type { World } from './world.ts';

export interface Session {
  /** One message of the WebSocket. */
  receive(bytes: Uint8Array): void;
  /** The WebSocket is closed, for whatever reason. */
  disconnected(): void;
  /** Closes with `refusal` once all content received so far is stored and told, or refused. */
  finish(refusal: Refusal): void;
}

/** What keeping one frame costs besides its bytes: a million empty frames are not nothing. */
const waitingFrameBytes = 256;

/** The mark of who was sent nothing. */
const nowhere: Mark = { stateVector: new Uint8Array([0]), position: -1 };

/** One membership of a document over one socket. Every frame of a connection passes here. */
export class RoomSession implements Session, Member, Watched {
  readonly principal: Principal;
  readonly documentId: string;
  readonly #socket: Socket;
  readonly #world: World;
  readonly #outlet: Outlet;
  readonly #ended: (session: RoomSession) => void;
  readonly #since: number;
  #state: SessionState = { is: 'catching-up', waiting: [], waitingBytes: 0 };
  #access: Access = 'read';
  readonly #tally = new Tally();
  #finishing: Refusal | null = null;
  /** What it asked with last while an answer was under way. */
  #asked: Uint8Array | null = null;

  constructor(
    world: World,
    socket: Socket,
    principal: Principal,
    documentId: string,
    ended: (session: RoomSession) => void,
  ) {
    this.principal = principal;
    this.documentId = documentId;
    this.#socket = socket;
    this.#world = world;
    this.#ended = ended;
    this.#since = world.clock.now();
    this.#outlet = new Outlet(socket, world, {
      resync: (since) => this.#resync(since),
      // Nothing is shown to a session that is not live.
      mark: () => (this.#state.is === 'live' ? this.#state.room.supply.mark() : nowhere),
      tooSlow: () => this.end(refuse('too-slow')),
      broken: () => this.disconnected(),
    });
  }

  get userId(): string {
    return this.principal.userId;
  }

  get state(): SessionState['is'] {
    return this.#state.is;
  }

  /** Kept beyond the end: frames received before it are still applied. */
  get access(): Access {
    return this.#access;
  }

  /** The room is loaded and the right to it known. */
  joined(room: Room, allowed: Access): void {
    const before = this.#state;
    if (before.is !== 'catching-up' || !this.#moves('joined')) return;
    this.#state = { is: 'live', room };
    this.#access = within(this.principal, allowed);
    this.tellExtended({
      type: 'hello',
      epoch: room.epoch,
      head: room.head,
      access: this.#access,
      frameBytes: limits.frameBytes,
      documentBytes: this.#world.settings.documentBytes,
    });
    this.#world.counters.joins += 1;
    room.join(this);
    for (const bytes of before.waiting) this.receive(bytes);
    this.#finishWhenAnswered();
  }

  /** Content that was received before, and not applied yet, is judged by this too. */
  permit(verdict: Access | Refusal): void {
    if (this.#state.is !== 'live') return;
    const before = this.#access;
    this.#access = isRefusal(verdict) ? 'read' : within(this.principal, verdict);
    if (isRefusal(verdict)) this.end(verdict);
    if (isRefusal(verdict) || this.#access === before) return;
    this.#world.counters.accessChanges += 1;
    const notice = accessNotice(this.#access, this.#socket.extended);
    if (notice !== null) this.tell(notice);
  }

  receive(bytes: Uint8Array): void {
    const state = this.#state;
    switch (state.is) {
      case 'catching-up':
        state.waitingBytes += bytes.length + waitingFrameBytes;
        if (state.waitingBytes > this.#world.settings.joinQueueBytes) {
          this.end(refuse('too-fast', 'Too much was sent before the document was loaded.'));
        } else {
          state.waiting.push(bytes);
        }
        return;
      case 'live': {
        const frame = decodeFrame(bytes);
        if (isRefusal(frame)) this.end(frame);
        else this.#handle(frame, state.room);
        return;
      }
      case 'closed':
        return;
    }
  }

  disconnected(): void {
    this.#outlet.stop();
    this.#close();
  }

  finish(refusal: Refusal): void {
    this.#finishing ??= refusal;
    this.#finishWhenAnswered();
  }

  end(refusal: Refusal): void {
    if (!this.#moves('ended')) return;
    countRefusal(this.#world.counters, refusal.refused);
    this.#world.journal.info('session-refused', {
      documentId: this.documentId,
      userId: this.userId,
      code: refusal.refused,
      detail: refusal.detail,
    });
    this.#outlet.close(refusals[refusal.refused].close ?? refusals.internal.close, refusal.refused);
    this.#close();
  }

  refuseFrame(n: number, refusal: Refusal): void {
    countRefusal(this.#world.counters, refusal.refused);
    if (n > 0) this.#tally.refused(n);
    if (this.#socket.extended) {
      this.tell({ type: 'refusal', n, code: refusal.refused, detail: refusal.detail });
    } else if (n > 0) {
      this.tell({ type: 'permission-denied', reason: refusal.refused });
    }
    this.#finishWhenAnswered();
  }

  report(): SessionReport {
    return {
      userId: this.userId,
      access: this.#access,
      since: this.#since,
      frames: this.#tally.received,
      bufferedBytes: this.#outlet.bufferedBytes(),
      stale: this.#outlet.stale,
    };
  }

  tell(frame: Frame): void {
    this.#outlet.tell(frame);
  }

  tellExtended(frame: Frame): void {
    if (this.#socket.extended) this.tell(frame);
  }

  show(frames: readonly Uint8Array[], mark: () => Mark): void {
    this.#outlet.show(frames, mark);
  }

  showPresence(bytes: Uint8Array, own: boolean): void {
    // Stock clients take silence for a dead connection.
    if (!own || !this.#socket.extended) this.#outlet.presence(bytes);
  }

  stored(n: number, lsn: number): void {
    this.#tally.stored(n, lsn);
  }

  ack(): void {
    if (this.#state.is === 'live' && this.#socket.extended) {
      const ack = this.#tally.takeAck();
      if (ack !== null) this.tell({ type: 'ack', ...ack });
    }
    this.#finishWhenAnswered();
  }

  #finishWhenAnswered(): void {
    if (this.#finishing === null || this.#state.is !== 'live') return;
    if (this.#tally.allAnswered) this.end(this.#finishing);
  }

  /** Whether what happens leads to another state. */
  #moves(happening: Happening): boolean {
    return transitions[this.#state.is][happening] !== this.#state.is;
  }

  #handle(frame: Frame, room: Room): void {
    switch (frame.type) {
      case 'sync-step-1':
        this.#answer(frame.stateVector, room);
        return;
      case 'sync-step-2':
      case 'update':
        room.content(this, this.#tally.next(), frame.update);
        return;
      case 'awareness':
        if (frame.update.length > limits.awarenessFrameBytes) {
          this.refuseFrame(0, refuse('too-large', `An awareness frame of ${frame.update.length} bytes.`));
        } else {
          room.presence.receive(this, frame.update);
        }
        return;
      case 'query-awareness':
        // Left out for a stale reader, who gets everybody when it has drained.
        room.presence.answer(this);
        return;
      default:
        this.end(refuse('unknown-frame', `A frame of type ${frame.type} comes only from the server.`));
    }
  }

  #answer(stateVector: Uint8Array, room: Room): void {
    if (this.#outlet.postpone(stateVector)) return;
    if (this.#outlet.awaits) {
      // Each may be as large as the document.
      this.#asked = stateVector;
      return;
    }
    this.#outlet.await();
    room.supply.give(stateVector, this.#deliverer(room));
  }

  #deliverer(room: Room): Deliver {
    return (answer) => {
      if (isRefusal(answer)) return this.end(answer);
      this.#outlet.answer(answer, () => room.supply.mark());
      const asked = this.#asked;
      this.#asked = null;
      if (asked !== null && this.#state.is === 'live') this.#answer(asked, room);
    };
  }

  /** What this reader missed while it was stale, or when it asked meanwhile. */
  #resync(since: Mark | Uint8Array): void {
    if (this.#state.is !== 'live') return;
    const { room } = this.#state;
    if (since instanceof Uint8Array) {
      this.#answer(since, room);
    } else {
      this.#outlet.await();
      room.supply.resume(since, this.#deliverer(room));
    }
    room.presence.greet(this);
  }

  #close(): void {
    if (!this.#moves('ended')) return;
    const before = this.#state;
    this.#state = { is: 'closed' };
    if (before.is === 'live') before.room.leave(this);
    this.#ended(this);
  }
}

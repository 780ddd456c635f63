/**
 * The smallest server that keeps the promises of frame 100: one document, a memory that a crash wipes and a log
 * that it does not. Content is stored when the test says so, acknowledged by counting frames, never before.
 */
import {
  decodeFrame,
  encodeFrame,
  type Frame,
  isRefusal,
  type RefusalCode,
  refusals,
} from '@tidemark/protocol';
import * as Y from 'yjs';

export interface ModelSettings {
  /** False: speaks like a stock server, no hello, no acks. */
  extended: boolean;
  access: 'edit' | 'read';
  epoch: number;
  /** False: a server that does not look at the epoch in the upgrade, only says its own. */
  checksEpoch: boolean;
  frameBytes: number;
  /** Whether newcomers get in, wait in the air until `enter()`, or are cut at once. */
  door: 'open' | 'waiting' | 'shut';
  /** False: a network that swallows what clients send. */
  answering: boolean;
  /** Store and acknowledge at once. */
  autoStore: boolean;
}

/** What carries frames to one client. */
interface Wire {
  opened(): void;
  deliver(bytes: Uint8Array): void;
  closed(code: number, reason: string): void;
}

export interface ModelMember {
  readonly url: string;
  readonly contentFrames: number;
  readonly acked: number;
  enter(): void;
  hear(bytes: Uint8Array): void;
  /** The client went away. */
  gone(): void;
  say(frame: Frame): void;
  close(code: number, reason?: string): void;
  refuse(n: number, code: RefusalCode): void;
}

export interface ModelServer {
  readonly settings: ModelSettings;
  connect(url: string, wire: Wire): ModelMember;
  members(): ModelMember[];
  /** What a restart would find, and what is shown at present. */
  stored(): Y.Doc;
  shown(): Y.Doc;
  /** Stores all that arrived and acknowledges it. */
  store(): void;
  /** Addresses asked for, newest last. */
  readonly asked: string[];
  /** From here on everybody may do `access`, and is told so; a reader's content is refused and never acknowledged. */
  permit(access: 'edit' | 'read', reason?: string): void;
  /** Every client's frames, as they arrived. */
  readonly heard: Frame[];
  /** Cuts everybody. */
  cut(): void;
  /** Cuts everybody and forgets what was not stored. */
  crash(): void;
  /** Loses all content without a word to anybody: what no server should do. */
  forget(): void;
  /** The document begins anew under another epoch. */
  beginAnew(epoch: number, doc: Y.Doc): void;
}

export function createModelServer(given: Partial<ModelSettings> = {}): ModelServer {
  const settings: ModelSettings = {
    extended: true,
    access: 'edit',
    epoch: 1,
    checksEpoch: true,
    frameBytes: 1_000_000,
    door: 'open',
    answering: true,
    autoStore: true,
    ...given,
  };
  let memory = new Y.Doc();
  let disk = new Y.Doc();
  let lsn = 0;
  let members: Member[] = [];
  const asked: string[] = [];
  const heard: Frame[] = [];

  class Member implements ModelMember {
    contentFrames = 0;
    acked = 0;
    refusedFrom = Number.POSITIVE_INFINITY;
    readonly url: string;
    readonly #wire: Wire;

    constructor(url: string, wire: Wire) {
      this.url = url;
      this.#wire = wire;
    }

    enter() {
      if (!members.includes(this)) return;
      this.#wire.opened();
      const known = /[?&]epoch=(\d+)/.exec(this.url)?.[1];
      if (settings.checksEpoch && known !== undefined && Number(known) !== settings.epoch) {
        return this.close(refusals['stale-epoch'].close, 'stale-epoch');
      }
      if (settings.extended) {
        const { epoch, access, frameBytes } = settings;
        this.say({ type: 'hello', epoch, head: lsn, access, frameBytes, documentBytes: 1_000_000 });
      }
      this.say({ type: 'sync-step-1', stateVector: Y.encodeStateVector(memory) });
    }

    hear(bytes: Uint8Array) {
      const frame = decodeFrame(bytes);
      if (isRefusal(frame)) throw new Error(`A client sent nonsense: ${frame.detail}`);
      heard.push(frame);
      if (!settings.answering || !members.includes(this)) return;
      if (frame.type === 'sync-step-1') {
        this.say({ type: 'sync-step-2', update: Y.encodeStateAsUpdate(memory, frame.stateVector) });
      } else if (frame.type === 'sync-step-2' || frame.type === 'update') {
        this.contentFrames += 1;
        if (settings.access === 'read') return this.refuse(this.contentFrames, 'read-only');
        Y.applyUpdate(memory, frame.update);
        for (const other of members) if (other !== this) other.say({ type: 'update', update: frame.update });
        if (settings.autoStore) store();
      } else if (frame.type === 'awareness') {
        for (const other of members) if (other !== this) other.say(frame);
      } else if (frame.type === 'query-awareness') {
        this.say({ type: 'awareness', update: new Uint8Array([0]) });
      }
    }

    gone() {
      members = members.filter((member) => member !== this);
    }

    say(frame: Frame) {
      this.#wire.deliver(encodeFrame(frame));
    }

    close(code: number, reason = '') {
      this.gone();
      this.#wire.closed(code, reason);
    }

    refuse(n: number, code: RefusalCode) {
      this.refusedFrom = Math.min(this.refusedFrom, n);
      this.say({ type: 'refusal', n, code, detail: refusals[code].meaning });
    }
  }

  function store() {
    Y.applyUpdate(disk, Y.encodeStateAsUpdate(memory));
    for (const member of members) {
      const storedOf = Math.min(member.contentFrames, member.refusedFrom - 1);
      if (!settings.extended || storedOf <= member.acked) continue;
      lsn += 1;
      member.acked = storedOf;
      member.say({ type: 'ack', n: member.acked, lsn });
    }
  }

  function cut() {
    for (const member of members) member.close(1006);
  }

  function copy(doc: Y.Doc): Y.Doc {
    const copied = new Y.Doc();
    Y.applyUpdate(copied, Y.encodeStateAsUpdate(doc));
    return copied;
  }

  return {
    settings,
    connect(url, wire) {
      asked.push(url);
      const member = new Member(url, wire);
      members.push(member);
      if (settings.door === 'open') queueMicrotask(() => member.enter());
      if (settings.door === 'shut') queueMicrotask(() => member.close(1006));
      return member;
    },
    members: () => [...members],
    stored: () => disk,
    shown: () => memory,
    store,
    asked,
    heard,
    permit(access, reason = 'Your role was changed.') {
      settings.access = access;
      for (const member of members) member.say({ type: 'access', access, reason });
    },
    cut,
    crash() {
      cut();
      memory = copy(disk);
    },
    forget() {
      memory = new Y.Doc();
      disk = new Y.Doc();
    },
    beginAnew(epoch, doc) {
      cut();
      settings.epoch = epoch;
      memory = copy(doc);
      disk = copy(doc);
    },
  };
}

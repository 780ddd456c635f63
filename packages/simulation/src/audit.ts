import { type Access, type Ack, decodeFrame, isContentFrame, isRefusal } from '@tidemark/protocol';
import type { Batch, Checkpoint, LogEntry } from '@tidemark/sync';
import * as Y from 'yjs';
import { differenceOf, holds, replayOf, whole } from './content.ts';
import type { CastMember } from './plan.ts';
import type { Auditor } from './tables.ts';
import type { Violations } from './violations.ts';

/** What one connection has said and was told. */
interface Account {
  readonly process: string;
  readonly userId: string;
  readonly received: Uint8Array[];
  epoch: number;
  n: number;
  lsn: number;
}

/** Reads along with the log and with every connection, and holds both to the rules at every instant. */
export class Audit implements Auditor {
  readonly #broken: Violations;
  /** Somebody sends frames out of order, and twice. */
  readonly #hostile: boolean;
  /** Content may wait for what comes later: a stock client too sends what is new before what is old. */
  #gaps: boolean;
  readonly #accounts = new Map<string, Account>();
  /** What a person sent to a process while it did not know that they may only read: per writer the clock reached. */
  readonly #allowed = new Map<string, Map<number, number>>();
  /** What each process has stored and knows to be stored. */
  readonly #storedBy = new Map<string, Y.Doc>();
  readonly #known = new Map<string, Access | 'none'>();
  #entries: LogEntry[] = [];
  #replay = new Y.Doc();
  #epoch = 1;
  #head = 0;
  readonly counts = { acks: 0, entries: 0, repeated: 0, checkpoints: 0, missed: 0 };

  constructor(broken: Violations, cast: readonly CastMember[]) {
    this.#broken = broken;
    this.#hostile = cast.some(({ kind }) => kind === 'raw');
    this.#gaps = cast.some(({ kind }) => kind !== 'person');
  }

  /** The document as the log alone has it. */
  get stored(): Y.Doc {
    return this.#replay;
  }

  get head(): number {
    return this.#head;
  }

  get epoch(): number {
    return this.#epoch;
  }

  renewed(begin: LogEntry): void {
    this.#epoch += 1;
    this.#entries = [begin];
    this.#head = begin.lsn;
    this.#storedBy.clear();
    this.#replay = new Y.Doc();
  }

  appended(entries: readonly LogEntry[], missed: readonly LogEntry[]): void {
    this.counts.missed += missed.length;
    for (const entry of entries) {
      this.counts.entries += 1;
      const { update, lsn } = entry;
      if (holds(this.#replay, update)) this.counts.repeated += 1;
      Y.applyUpdate(this.#replay, update);
      this.#broken.check('I8', lsn === this.#head + 1, () => `LSN ${lsn} follows ${this.#head}`);
      this.#head = lsn;
      this.#entries.push(entry);
      this.#broken.check(
        'I7',
        this.#gaps || whole(this.#replay),
        () => `LSN ${lsn} waits for what is not stored`,
      );
    }
  }

  /** A process sends a batch to the log, whatever becomes of it. */
  asked(batch: Batch, by: string): void {
    const known = this.#storedBy.get(by);
    for (const { userId, update } of batch.entries) {
      this.#mayWrite(by, userId, update);
      const again = !this.#hostile && known !== undefined && holds(known, update);
      this.#broken.check('I9', !again, () => `${by} stores again what it knows to be stored`);
    }
  }

  /** The process knows that they are stored: it has no reason to store them again. */
  answered(batch: Batch, by: string): void {
    if (batch.epoch !== this.#epoch) return;
    const known = this.#storedBy.get(by) ?? new Y.Doc();
    this.#storedBy.set(by, known);
    for (const { update } of batch.entries) Y.applyUpdate(known, update);
  }

  checkpointed({ lsn, state }: Checkpoint): void {
    this.counts.checkpoints += 1;
    const difference = differenceOf(replayOf([state]), this.#upTo(lsn));
    this.#broken.check('I6', difference === null, () => `checkpoint ${lsn} differs in ${difference}`);
  }

  connected(link: string, process: string, userId: string): void {
    this.#accounts.set(link, { process, userId, received: [], epoch: this.#epoch, n: 0, lsn: 0 });
  }

  /** A message reached the server. */
  heard(link: string, bytes: Uint8Array): void {
    const account = this.#accounts.get(link);
    const frame = decodeFrame(bytes);
    if (account === undefined || isRefusal(frame) || !isContentFrame(frame)) return;
    account.received.push(frame.update);
    const person = `${account.process} ${account.userId}`;
    if ((this.#known.get(person) ?? 'edit') === 'edit') this.#allow(person, frame.update);
  }

  /** A process knows a person's right. */
  learnt(process: string, userId: string, right: Access | 'none'): void {
    const person = `${process} ${userId}`;
    this.#known.set(person, right);
    if (right !== 'edit') return;
    // What waited for this answer is welcome too.
    for (const account of this.#accounts.values()) {
      if (account.process !== process || account.userId !== userId) continue;
      for (const update of account.received) this.#allow(person, update);
    }
  }

  /** A process is gone with all that it knew. */
  died(process: string): void {
    this.#storedBy.delete(process);
    for (const map of [this.#known, this.#allowed]) {
      for (const key of map.keys()) if (key.startsWith(`${process} `)) map.delete(key);
    }
  }

  /** The server sends a message: at this instant a kill of everything must find what it promises. */
  told(link: string, bytes: Uint8Array): void {
    if (![100, 101, 103].includes(bytes[0] ?? 0)) return;
    const account = this.#accounts.get(link);
    const frame = decodeFrame(bytes);
    if (account === undefined || isRefusal(frame)) return;
    if (frame.type === 'hello') account.epoch = frame.epoch;
    // What a refused frame held is missing until its writer comes back; what follows it is taken.
    if (frame.type === 'refusal') this.#gaps = true;
    if (frame.type === 'ack') this.#acked(link, account, frame);
  }

  #acked(link: string, account: Account, { n, lsn }: Ack): void {
    this.counts.acks += 1;
    this.#broken.check('I1', n >= account.n && lsn >= account.lsn, () => `${link}: ack ${n} went down`);
    this.#broken.check('I1', n <= account.received.length, () => `${link}: ack ${n} of frames never sent`);
    // The life that it was stored in is over: there is nothing left to compare with.
    if (account.epoch !== this.#epoch) return;
    this.#broken.check('I1', lsn <= this.head, () => `${link}: ack at ${lsn}, the log ends at ${this.head}`);
    const stored = this.#upTo(lsn);
    for (const update of account.received.slice(account.n, n)) {
      this.#broken.check('I1', holds(stored, update), () => `${link}: ack ${n} of what is not in the log`);
    }
    account.n = n;
    account.lsn = lsn;
  }

  #upTo(lsn: number): Y.Doc {
    if (lsn >= this.head) return this.#replay;
    return replayOf(this.#entries.filter((entry) => entry.lsn <= lsn).map((entry) => entry.update));
  }

  #allow(person: string, update: Uint8Array): void {
    const reached = this.#allowed.get(person) ?? new Map<number, number>();
    this.#allowed.set(person, reached);
    if (!readable(update)) return;
    for (const { id, length } of Y.decodeUpdate(update).structs) {
      reached.set(id.client, Math.max(reached.get(id.client) ?? 0, id.clock + length));
    }
  }

  #mayWrite(process: string, userId: string | null, update: Uint8Array): void {
    if (userId === null || this.#hostile) return;
    const reached = this.#allowed.get(`${process} ${userId}`);
    for (const struct of Y.decodeUpdate(update).structs) {
      if (struct instanceof Y.Skip) continue;
      const { client, clock } = struct.id;
      const allowed = (reached?.get(client) ?? 0) >= clock + struct.length;
      this.#broken.check('I10', allowed, () => `${process} stores an edit of ${userId}, who may only read`);
    }
  }
}

function readable(update: Uint8Array): boolean {
  try {
    Y.decodeUpdate(update);
    return true;
  } catch {
    // Mischief: the server refuses it by the same test.
    return false;
  }
}

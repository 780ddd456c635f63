import type { Refusal } from '@tidemark/protocol';
import { fanOut } from './fan-out.ts';
import type { Mark } from './mark.ts';
import type { Member } from './member.ts';
import type { SessionReport } from './report.ts';

const nobody = new Uint8Array([0]);

/** The members of a room, all told the same things in the same order. */
export class Audience {
  readonly #members = new Set<Member>();

  get members(): ReadonlySet<Member> {
    return this.#members;
  }

  add(member: Member): void {
    this.#members.add(member);
  }

  /** False for who is no member. */
  delete(member: Member): boolean {
    return this.#members.delete(member);
  }

  /** Brings updates to everybody but `except`; `mark` is of the room, the updates included. */
  show(updates: readonly Uint8Array[], except: Member | null, mark: () => Mark): void {
    fanOut(this.#members, updates, except, mark);
  }

  tellStorage(state: 'ok' | 'failing'): void {
    for (const member of [...this.#members]) member.tellExtended({ type: 'storage', state });
  }

  /** Stock clients take a long silence for a dead connection. */
  signOfLife(): void {
    for (const member of [...this.#members]) member.tell({ type: 'awareness', update: nobody });
  }

  end(refusal: Refusal): void {
    for (const member of [...this.#members]) member.end(refusal);
    this.#members.clear();
  }

  report(): SessionReport[] {
    return Array.from(this.#members, (member) => member.report());
  }
}

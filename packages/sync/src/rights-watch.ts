import type { Access, Refusal } from '@tidemark/protocol';
import type { AccessPolicy, Principal, RightsScope } from './ports.ts';
import type { World } from './world.ts';

/** A session, as far as its rights go. */
export interface Watched {
  readonly documentId: string;
  readonly principal: Principal;
  readonly state: 'catching-up' | 'live' | 'closed';
  /** What it may do from here on, or why it may be here no more. */
  permit(verdict: Access | Refusal): void;
}

/** One question to the policy, for all sessions that it is the same for. */
interface Question {
  readonly key: string;
  readonly principal: Principal;
  readonly documentId: string;
  readonly sessions: Set<Watched>;
  /** Doubted while the answer was under way: it may be older than the reason. */
  again: boolean;
}

/**
 * Keeps what live sessions may do true. Whoever is doubted (a change was heard, or a minute has passed) is asked for anew: one
 * question at a time per person, document and credential, a bounded number at once, until there is an answer.
 */
export class RightsWatch {
  readonly #world: World;
  readonly #policy: AccessPolicy;
  readonly #sessions: ReadonlyMap<string, ReadonlySet<Watched>>;
  readonly #stopHearing: () => void;
  readonly #waiting = new Map<string, Question>();
  readonly #asking = new Map<string, Question>();
  /** Joining sessions about which something was heard since `trust`. */
  readonly #doubtedJoins = new WeakSet<Watched>();
  #cancelRound: (() => void) | null = null;
  #cancelPause: (() => void) | null = null;
  #failures = 0;
  #stopped = false;

  /** `changed` is called after sessions were doubted: rights change with documents, and their rooms may want to look. */
  constructor(
    world: World,
    policy: AccessPolicy,
    sessions: ReadonlyMap<string, ReadonlySet<Watched>>,
    changed: (documentId: string | null) => void,
  ) {
    this.#world = world;
    this.#policy = policy;
    this.#sessions = sessions;
    this.#stopHearing = policy.onChanged((scope) => {
      this.#heard(scope);
      if (scope === 'all') changed(null);
      else if (scope.documentId !== undefined) changed(scope.documentId);
    });
  }

  /** Sessions have come or gone: asks again now and then as long as there are any. */
  sessionsChanged(): void {
    if (this.#sessions.size === 0) {
      this.#cancelRound?.();
      this.#cancelRound = null;
    } else if (this.#cancelRound === null && !this.#stopped) {
      this.#cancelRound = this.#world.clock.after(this.#world.settings.rightsMs, () => {
        this.#cancelRound = null;
        this.sessionsChanged();
        this.#heard('all');
      });
    }
  }

  /** The right of a session that joins. Rejects when it cannot be known. */
  ask(session: Watched): Promise<Access | Refusal> {
    this.#doubtedJoins.delete(session);
    return this.#policy.access(session.principal, session.documentId, 'joining');
  }

  /** Whether what `ask` answered may have changed since it was asked. */
  doubts(session: Watched): boolean {
    return this.#doubtedJoins.has(session);
  }

  stop(): void {
    this.#stopped = true;
    this.#stopHearing();
    this.#cancelRound?.();
    this.#cancelPause?.();
    this.#waiting.clear();
  }

  #heard(scope: RightsScope): void {
    const { documentId, userId } = scope === 'all' ? {} : scope;
    const documents =
      documentId === undefined ? [...this.#sessions.values()] : [this.#sessions.get(documentId) ?? []];
    for (const sessions of documents) {
      for (const session of sessions) {
        if (userId === undefined || session.principal.userId === userId) this.#doubt(session);
      }
    }
    this.#pump();
  }

  #doubt(session: Watched): void {
    if (session.state === 'catching-up') this.#doubtedJoins.add(session);
    if (session.state !== 'live') return;
    const { principal, documentId } = session;
    const key = JSON.stringify([documentId, principal.userId, principal.credential, principal.atMost]);
    const under = this.#asking.get(key);
    if (under !== undefined) under.again = true;
    const question = under ??
      this.#waiting.get(key) ?? { key, principal, documentId, sessions: new Set<Watched>(), again: false };
    question.sessions.add(session);
    if (under === undefined) this.#waiting.set(key, question);
  }

  #pump(): void {
    if (this.#cancelPause !== null || this.#stopped) return;
    for (const question of this.#waiting.values()) {
      if (this.#asking.size >= this.#world.settings.rightsAtOnce) return;
      this.#waiting.delete(question.key);
      for (const session of question.sessions)
        if (session.state !== 'live') question.sessions.delete(session);
      if (question.sessions.size > 0) void this.#put(question);
    }
  }

  async #put(question: Question): Promise<void> {
    const { key, principal, documentId, sessions } = question;
    this.#asking.set(key, question);
    question.again = false;
    let answered = false;
    try {
      const verdict = await this.#policy.access(principal, documentId, 'live');
      answered = true;
      this.#failures = 0;
      if (!this.#stopped) for (const session of sessions) session.permit(verdict);
    } catch (error) {
      // No answer is no reason to throw anybody out, and none to believe what was true before.
      this.#failures += 1;
      this.#world.journal.warn('rights-not-known', { documentId, error: String(error) });
      this.#pause();
    }
    this.#asking.delete(key);
    if ((question.again || !answered) && !this.#stopped) this.#waiting.set(key, question);
    this.#pump();
  }

  #pause(): void {
    if (this.#cancelPause !== null || this.#stopped) return;
    const { retryMs, retryMaxMs, random } = this.#world.settings;
    const longest = Math.min(retryMaxMs, retryMs * 2 ** Math.min(this.#failures - 1, 20));
    this.#cancelPause = this.#world.clock.after(longest * (0.5 + random() / 2), () => {
      this.#cancelPause = null;
      this.#pump();
    });
  }
}

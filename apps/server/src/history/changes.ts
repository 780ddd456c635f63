import type { Cancel, Author as Entry, History, HistoryStore, Moment } from '@tidemark/history';
import { isRefusal, type Refusal, refuse } from '@tidemark/protocol';
import type { Reader } from '../company/reader.ts';
import { invalid } from '../http/problems.ts';
import type { Versions } from '../versions/versions.ts';
import type { MomentRef } from './acts.ts';
import type { Author, Names } from './names.ts';

/** Who did something, and by which entry of the log. */
type Who = Author & { readonly at: string; readonly lsn: number };

interface AuthoredChanges {
  readonly differences: {
    readonly type: 'added' | 'removed' | 'changed' | 'moved';
    readonly collection: string;
    readonly id: string;
    readonly register: string | null;
    readonly by: Who | null;
  }[];
  readonly texts: { readonly text: string; readonly by: Who[] }[];
  /** False where some of the authors are not known. */
  readonly complete: boolean;
}

/** What differs between two moments or versions of a document, with the names of those who did it. */
export interface Changes {
  /** `invalid`: `from` is the later one. */
  between(
    reader: Reader,
    documentId: string,
    from: MomentRef,
    to: MomentRef,
    cancel?: Cancel,
  ): Promise<AuthoredChanges | Refusal>;
}

interface ChangesOptions {
  readonly history: Pick<History, 'changes'>;
  readonly store: Pick<HistoryStore, 'lsnAt' | 'place'>;
  readonly versions: Pick<Versions, 'moment'>;
  readonly names: Pick<Names, 'of'>;
}

/** A moment in the order of the log. */
interface Side {
  readonly moment: Moment;
  readonly lsn: number;
  /** False for a version whose place is only known by its time. */
  readonly exact: boolean;
}

export function createChanges({ history, store, versions, names }: ChangesOptions): Changes {
  async function sideOf(reader: Reader, documentId: string, ref: MomentRef): Promise<Side | Refusal> {
    if ('lsn' in ref) return { moment: ref.lsn, lsn: ref.lsn, exact: true };
    const version = await versions.moment(reader, documentId, ref.versionId);
    if (version === null) return refuse('not-found', 'There is no such version.');
    const lsn = version.lsn ?? (await store.lsnAt(documentId, version.time)).lsn;
    const moment = { id: ref.versionId, lsn, state: version.state, form: 'v1' as const };
    return { moment, lsn, exact: version.lsn !== null };
  }

  return {
    async between(reader, documentId, fromRef, toRef, cancel) {
      const from = await sideOf(reader, documentId, fromRef);
      if (isRefusal(from)) return from;
      const to = await sideOf(reader, documentId, toRef);
      if (isRefusal(to)) return to;
      if (from.lsn > to.lsn) return invalid({ from: 'is later than `to`' });
      const found = await history.changes(documentId, from.moment, to.moment, cancel);
      if (isRefusal(found)) return found;
      // A guessed place tells what differs, and not who did it.
      const exact = from.exact && to.exact;
      const nameOf = await names.of(reader, [
        ...found.differences.flatMap(({ by }) => (by ? [by.userId] : [])),
        ...found.texts.flatMap(({ by }) => by.map(({ userId }) => userId)),
      ]);
      const who = ({ userId, at, lsn }: Entry): Who => ({
        ...nameOf(userId),
        at: new Date(at).toISOString(),
        lsn,
      });
      const differences = found.differences.map(({ type, collection, id, register, by }) => {
        return { type, collection, id, register, by: by && exact ? who(by) : null };
      });
      const texts = found.texts.map(({ text, by }) => ({ text, by: exact ? by.map(who) : [] }));
      // Of a text those are named whose entries are there still.
      const thinned = (await store.place(documentId))?.thinned ?? 0;
      const complete =
        differences.every(({ by }) => by !== null) && (texts.length === 0 || (exact && from.lsn >= thinned));
      return { differences, texts, complete };
    },
  };
}

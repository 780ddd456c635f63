import { type KindName, kindOf, kinds } from '@tidemark/documents';
import type { RoomHooks } from '@tidemark/sync';
import type * as Y from 'yjs';
import type { Catalogue } from './catalogue.ts';
import { listed } from './titles.ts';

/** What is derived from documents besides their title. */
export interface Derived {
  /** It was loaded; nobody waits for what this begins. */
  opened(documentId: string, kind: KindName): void;
  /** Its content changed some time ago. A rejection is told to the journal, and it is called again. */
  settled(documentId: string, kind: KindName, doc: Y.Doc): Promise<void>;
}

/** What the rooms tell us: a document of an older schema is brought up to date, what lists show of it is kept. */
export function createHooks(catalogue: Pick<Catalogue, 'projectTitle'>, derived: Derived): RoomHooks {
  return {
    opened(documentId, doc) {
      const kind = kindOf(doc);
      if (kind === null) return;
      kinds[kind].migrate(doc);
      derived.opened(documentId, kind);
    },
    async settled(documentId, doc) {
      const kind = kindOf(doc);
      if (kind === null) return;
      await derived.settled(documentId, kind, doc);
      await catalogue.projectTitle(documentId, listed(kinds[kind].title(doc)));
    },
  };
}

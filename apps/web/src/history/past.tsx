import type { Kind } from '@tidemark/documents/records';
import { type ComponentType, type ReactNode, useMemo } from 'react';
import { type Talk, TalkContext, useTalk } from '../conversation/context.ts';
import { SessionContext } from '../editor/context.ts';
import { usePastSession } from '../editor/past-session.ts';
import type { Session } from '../editor/session.ts';
import css from './history.module.css';
import { useLive } from './live.ts';
import type { Marks } from './marks.ts';

export interface PastProps {
  /** One v1 update; undefined until it is here. Another one takes its place under what is looked at. */
  readonly state: Uint8Array | undefined;
  readonly marks: Marks | null;
}

/** How a kind shows a state of itself that is not the live one. */
interface PastOfKind<V> {
  readonly records: Kind<V>;
  /** The contexts of the kind's editor, around what shows the session. */
  readonly Contexts: ComponentType<{ session: Session<V>; children: ReactNode }>;
  /** The body of the editor, to be read: without its bar and without others. Stands inside the contexts. */
  readonly View: ComponentType<{ marks: Marks | null }>;
  /** The body while it is on its way. */
  readonly Skeleton: ComponentType;
}

const nothing: Talk['counts'] = new Map();

/** A state of a document in the editor of its kind, to be read. */
export function pastOf<V>({ records, Contexts, View, Skeleton }: PastOfKind<V>): ComponentType<PastProps> {
  return function Past({ state, marks }) {
    const session = usePastSession(useLive(), records, state);
    const talk = useTalk();
    // What people say is about the document of now.
    const silent = useMemo(() => ({ ...talk, counts: nothing, open: false }), [talk]);
    if (session === null) {
      return (
        <main className={css.waiting} aria-busy="true">
          <Skeleton />
        </main>
      );
    }
    return (
      <SessionContext value={session}>
        <TalkContext value={silent}>
          <Contexts session={session}>
            <View marks={marks} />
          </Contexts>
        </TalkContext>
      </SessionContext>
    );
  };
}

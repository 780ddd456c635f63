import { createContext, useContext } from 'react';
import type { Conversation, Said, Snapshot } from './conversation.ts';
import type { ThreadCount, ThreadView } from './threads.ts';
import type { Anchor } from './wire.ts';

/** What threads of this kind of document can be about. Keep it the same as long as nothing of it changes. */
export interface Anchors {
  /** What it is called now; null when it is gone. */
  nameOf(anchor: Anchor): string | null;
  /** Brings it into view. */
  show(anchor: Anchor): void;
  /** What is selected now, if it is one thing. */
  current(): Anchor | null;
}

/** What of the conversation this screen shows. */
export interface TalkDesk {
  /** The thread that is open. */
  readonly thread: string | null;
  /** What was begun and not sent, by where it was. Written in place: nothing renders by it. */
  readonly drafts: Map<string, Said>;
  /** What the list is narrowed to, and what a new thread is about. */
  readonly about: Anchor | null;
  openThread(id: string | null): void;
  narrow(about: Anchor | null): void;
}

export interface Talk {
  /** Null until this device's copy is open. */
  readonly conversation: Conversation | null;
  readonly snapshot: Snapshot;
  readonly threads: readonly ThreadView[];
  readonly counts: ReadonlyMap<string, ThreadCount>;
  readonly anchors: Anchors;
  readonly desk: TalkDesk;
  /** Whether something can be said here: the past is looked at in silence. */
  readonly open: boolean;
  /** Opens the panel with what is said about it, ready to say more. */
  discuss(about: Anchor | null): void;
  /** Opens what is said about it: the thread itself when there is one open. */
  look(about: Anchor): void;
}

export const TalkContext = createContext<Talk | null>(null);

export function useTalk(): Talk {
  const talk = useContext(TalkContext);
  if (!talk) throw new Error('A part of the conversation stands outside of it.');
  return talk;
}

/** Open threads by the id of what they are about. */
export function useThreadCounts(): ReadonlyMap<string, ThreadCount> {
  return useTalk().counts;
}

import { useNavigate, useSearch } from '@tanstack/react-router';
import { LiveRegion } from '@tidemark/ui';
import {
  type ReactNode,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react';
import { useSession } from '../editor/context.ts';
import { type Anchors, type Talk, TalkContext, type TalkDesk } from './context.ts';
import type { Conversation, Said, Snapshot } from './conversation.ts';
import { nothingKnown } from './keep.ts';
import { openConversation } from './open-conversation.ts';
import { countsOf, type ThreadView, threadsOf } from './threads.ts';
import type { Anchor } from './wire.ts';

interface Props {
  anchors: Anchors;
  /** Opens the place where the page has the panel. Keep it stable. */
  onShow: () => void;
  children: ReactNode;
}

const unopened: Snapshot = {
  ...nothingKnown,
  waiting: [],
  loaded: false,
  reached: false,
  trouble: null,
  lasting: true,
};
const neverChanges = () => () => undefined;

/** Around an editor: its conversation is open as long as it is, whether or not the panel shows. */
export function ConversationFrame({ anchors, onShow, children }: Props) {
  const { me } = useSession();
  const conversation = useOpenConversation();
  const snapshot = useSyncExternalStore(
    conversation?.subscribe ?? neverChanges,
    conversation?.snapshot ?? (() => unopened),
  );
  const { waiting, ...known } = snapshot;
  const { threads: rows, messages, marks } = known;
  // biome-ignore lint/correctness/useExhaustiveDependencies: these are all that threads are made of
  const threads = useMemo(() => threadsOf(known, waiting, me), [rows, messages, marks, waiting, me]);
  const counts = useMemo(() => countsOf(threads), [threads]);
  const desk = useTalkDesk(onShow);
  const heard = useHeard(threads, snapshot.reached);
  const { narrow, openThread } = desk;
  const discuss = useCallback(
    (about: Anchor | null) => {
      narrow(about);
      onShow();
    },
    [narrow, onShow],
  );
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || !event.altKey || event.code !== 'KeyM') return;
      event.preventDefault();
      discuss(anchors.current());
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [anchors, discuss]);
  const look = useCallback(
    (about: Anchor) => {
      const open = threads.filter(({ anchor, resolved }) => !resolved && anchor?.id === about.id);
      const [only] = open;
      if (open.length !== 1 || !only) return discuss(about);
      openThread(only.id);
      onShow();
    },
    [threads, discuss, openThread, onShow],
  );
  const talk = useMemo<Talk>(
    () => ({ conversation, snapshot, threads, counts, anchors, desk, open: true, discuss, look }),
    [conversation, snapshot, threads, counts, anchors, desk, discuss, look],
  );
  return (
    <TalkContext value={talk}>
      {children}
      <LiveRegion message={heard} />
    </TalkContext>
  );
}

function useOpenConversation(): Conversation | null {
  const { documentId, me, provider } = useSession();
  const [open, setOpen] = useState<Conversation | null>(null);
  useEffect(() => {
    let left = false;
    let close = () => {
      left = true;
    };
    void openConversation(documentId, me.id, provider).then((opened) => {
      if (left) return opened.close();
      close = opened.close;
      setOpen(opened.conversation);
    });
    return () => {
      close();
      setOpen(null);
    };
  }, [documentId, me.id, provider]);
  return open;
}

/** The open thread stands in the address, so that it can be sent to somebody. */
function useTalkDesk(onShow: () => void): TalkDesk {
  const navigate = useNavigate({ from: '/d/$documentId' });
  const { thread = null } = useSearch({ from: '/signed-in/d/$documentId' });
  const [about, setAbout] = useState<Anchor | null>(null);
  const [drafts] = useState(() => new Map<string, Said>());
  useEffect(() => {
    if (thread !== null) onShow();
  }, [thread, onShow]);
  const openThread = useCallback(
    (id: string | null) => void navigate({ search: id === null ? {} : { thread: id }, replace: true }),
    [navigate],
  );
  return useMemo(
    () => ({
      thread,
      about,
      drafts,
      openThread,
      narrow(next) {
        setAbout(next);
        if (thread !== null) openThread(null);
      },
    }),
    [thread, about, drafts, openThread],
  );
}

/** What others have said since the last look, for those who do not see it. */
function useHeard(threads: readonly ThreadView[], reached: boolean): { text: string } | null {
  const known = useRef<ReadonlySet<string> | null>(null);
  const [message, setMessage] = useState<{ text: string } | null>(null);
  useEffect(() => {
    if (!reached) return;
    const before = known.current;
    const said = threads.flatMap(({ messages }) => messages.filter(({ mine, deleted }) => !mine && !deleted));
    known.current = new Set(said.map(({ id }) => id));
    if (before === null) return;
    const fresh = said.filter(({ id }) => !before.has(id));
    const last = fresh.at(-1);
    if (!last) return;
    const more = fresh.length > 1 ? ` And ${fresh.length - 1} more.` : '';
    setMessage({ text: `${last.author.name} commented: ${last.text.slice(0, 200)}${more}` });
  }, [threads, reached]);
  return message;
}

import { useSearch } from '@tanstack/react-router';
import { type ComponentType, lazy, type ReactNode, Suspense, useMemo } from 'react';
import { useSession } from '../editor/context.ts';
import { HistoryDialogs } from './dialogs/history-dialogs.tsx';
import { LiveContext, useFreshRole } from './live.ts';
import type { PastProps } from './past.tsx';
import { readSide, type Side } from './side.ts';
import { loadTravelScreen } from './travel/load-travel.ts';
import { usePastPresence } from './use-past-presence.ts';
import { useUntoldRestores } from './use-untold-restores.ts';

const TravelScreen = lazy(async () => ({
  default: (await loadTravelScreen()).TravelScreen,
}));

interface Props {
  /** A state of the document; see `pastOf`. */
  Past: ComponentType<PastProps>;
  /** What became of one state until another. */
  Comparison: ComponentType<{ before: Side; after: Side }>;
  /** What stands there while one of them is fetched. */
  Skeleton: ComponentType;
  /** The document as it is now. */
  children: ReactNode;
}

/** The document of now, a moment or a version of it, or a comparison: whichever the address names. The live session goes on behind all of them. */
export function TimeSwitch({ Past, Comparison, Skeleton, children }: Props) {
  const session = useSession();
  const { documentId } = session;
  const { at, version, before, after } = useSearch({ from: '/signed-in/d/$documentId' });
  const sides = useMemo(() => {
    const first = readSide(before);
    return first && { before: first, after: readSide(after) ?? { documentId, at: null } };
  }, [documentId, before, after]);
  useUntoldRestores();
  useFreshRole();
  const moment = at !== undefined ? { lsn: at } : version !== undefined ? { versionId: version } : null;
  return (
    <>
      {sides === null && moment === null ? (
        children
      ) : (
        <LiveContext value={session}>
          <Suspense fallback={<Skeleton />}>
            {sides ? <Comparison {...sides} /> : moment && <TravelScreen Past={Past} moment={moment} />}
          </Suspense>
          <PastPresence />
        </LiveContext>
      )}
      <HistoryDialogs />
    </>
  );
}

function PastPresence() {
  usePastPresence();
  return null;
}

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { documentQuery } from '../api/documents.ts';
import { editsQuery, type HistoryPage, historyQuery } from '../api/history.ts';
import { stateQuery, versionQuery } from '../api/versions.ts';
import { untitled } from '../shell/kind-words.ts';

import { useIsGone, useLive } from './live.ts';
import { momentStateQuery } from './moment-state.ts';
import { momentWords } from './moment-words.ts';
import type { Side } from './side.ts';
import { versionTitle } from './version-title.ts';

export interface SideState {
  /** One v1 update; undefined until it is here, and for this document as it is now: its replica says that. */
  readonly state: Uint8Array | undefined;
  /** Why it is not here. */
  readonly error: Error | null;
  again(): void;
}

/** Milliseconds after which another document is asked for again: this screen has no live session with it. */
const lookAgainAfter = 10_000;

/** The state that a side stands for: of the past as the server or this device has it. */
export function useSideState({ documentId, at }: Side): SideState {
  const live = useLive();
  const own = documentId === live.documentId;
  const past = useQuery({
    ...momentStateQuery(live, at ?? { lsn: 0 }, documentId),
    enabled: at !== null,
  });
  const now = useQuery({
    ...stateQuery(documentId, null),
    enabled: at === null && !own,
    refetchInterval: lookAgainAfter,
  });
  const { data, error, refetch } = at === null ? now : past;
  return { state: data, error, again: () => void refetch() };
}

/** What a side is called: "Now", a version, the time of a moment; of another document with its title. */
export function useSideLabel({ documentId, at }: Side): string {
  const session = useLive();
  const own = documentId === session.documentId;
  const other = useQuery({ ...documentQuery(documentId), enabled: !own });
  const versionId = at !== null && 'versionId' in at ? at.versionId : null;
  const gone = useIsGone() && own;
  const version = useQuery({
    ...versionQuery(documentId, versionId ?? ''),
    enabled: versionId !== null && !gone,
  });
  const moment = useMomentLabel(documentId, at !== null && 'lsn' in at ? at.lsn : null);
  const which =
    at === null ? 'Now' : 'lsn' in at ? moment : version.data ? versionTitle(version.data) : 'A version';
  if (own) return which;
  return `${other.data?.title || untitled(session.kind)} · ${which}`;
}

/** The time of a moment as history has told it, or the server tells it of the edit there. */
function useMomentLabel(documentId: string, lsn: number | null): string {
  const queryClient = useQueryClient();
  const { documentId: here } = useLive();
  const gone = useIsGone() && documentId === here;
  const known =
    lsn === null
      ? null
      : timeOf(queryClient.getQueryData(historyQuery(documentId).queryKey)?.pages ?? [], lsn);
  const asked = useQuery({
    ...editsQuery(documentId, (lsn ?? 1) - 1, lsn ?? 1),
    enabled: lsn !== null && lsn > 0 && known === null && !gone,
  });
  if (lsn === 0) return 'The beginning';
  if (known !== null) return momentWords(known);
  const [edit] = asked.data ?? [];
  if (edit) return momentWords(edit.at);
  return lsn === null ? '' : `Moment ${lsn}`;
}

function timeOf(pages: readonly HistoryPage[], lsn: number): string | null {
  for (const { items, head } of pages) {
    if (head.lsn === lsn && head.at) return head.at;
    for (const item of items) {
      if (item.type === 'session' && item.last === lsn) return item.to;
      if ((item.type === 'automatic' || item.type === 'version') && item.lsn === lsn) return item.at;
    }
  }
  return null;
}

import { useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import type { Provider, Status } from '@tidemark/client';
import { useStatusPart } from '@tidemark/client/react';
import { type KindName, kindNames, kindOf } from '@tidemark/documents';
import { lazy, Suspense, useCallback, useRef, useSyncExternalStore } from 'react';
import { documentQuery, listedDocument } from '../api/documents.ts';
import { ApiError } from '../api/http.ts';
import { meQuery } from '../api/session.ts';
import { DashboardSkeleton } from '../dashboard/dashboard-skeleton.tsx';
import { DiagramSkeleton } from '../diagram/diagram-skeleton.tsx';
import { EstimateSkeleton } from '../estimate/estimate-skeleton.tsx';
import { nounOf } from '../shell/kind-words.ts';
import { useKindInHand } from '../shell/shortcut-door.ts';
import { AwayPage, NoAccessPage, NotFoundPage } from '../shell/system-page.tsx';
import { CopiesBanner } from './copies-banner.tsx';
import { EditorSkeleton } from './editor-skeleton.tsx';
import { loadDashboardEditor, loadDiagramEditor, loadEstimateEditor } from './load-editor.ts';
import { type OpenDocument, useOpenDocument } from './open-document.ts';
import { isShutOut, isWaiting } from './rights.ts';

const DashboardEditor = lazy(async () => ({ default: (await loadDashboardEditor()).DashboardEditor }));

const DiagramEditor = lazy(async () => ({ default: (await loadDiagramEditor()).DiagramEditor }));

const EstimateEditor = lazy(async () => ({ default: (await loadEstimateEditor()).EstimateEditor }));

/** One document by its address, in the editor of its kind. */
export function DocumentPage() {
  const { documentId } = useParams({ from: '/signed-in/d/$documentId' });
  const { data: me } = useSuspenseQuery(meQuery);
  // Asked beside the sync connection, which opens at once: a copy on this device needs no answer.
  const { data, error } = useQuery(documentQuery(documentId));
  const listed = listedDocument(useQueryClient(), documentId);
  const open = useOpenDocument({ documentId, me: me.user });
  const told = kindNames.find((name) => name === (data?.kind ?? listed?.kind)) ?? null;
  if (open === null) return <Skeleton kind={told} />;
  const answer = error instanceof ApiError ? error.status : null;
  // Each replica has an editor of its own.
  return <Opened key={open.provider.doc.guid} open={open} told={told} answer={answer} />;
}

interface OpenedProps {
  open: OpenDocument;
  /** The kind that the server has told. */
  told: KindName | null;
  /** The HTTP status with which the server refused to tell of this document, if it did. */
  answer: number | null;
}

function Opened({ open, told, answer }: OpenedProps) {
  // An editor is drawn again when this is, so not with every change that waits for the server.
  const shut = useStatusPart(open.provider, isShutOut);
  const waiting = useStatusPart(open.provider, isWaiting);
  const unknown = useStatusPart(open.provider, isUnknown);
  const away = useAway(open.provider);
  const own = useReplicaKind(open.provider);
  const kind = own ?? told;
  useKindInHand(kind);
  if (own === null && away) return <AwayPage noun={nounOf(kind)} onRetry={() => open.provider.retry()} />;
  // What is on this device stays to be seen, and to be decided about, whatever the server says.
  if (own !== null || (!shut && answer !== 403 && answer !== 404)) {
    return <Editor open={open} kind={kind} waiting={waiting} />;
  }
  if (!shut && waiting) return <Skeleton kind={kind} />;
  const hidden = answer === 404 || unknown;
  return (
    <>
      <CopiesBanner open={open} noun={nounOf(kind)} />
      {hidden ? <NotFoundPage /> : <NoAccessPage />}
    </>
  );
}

/** Whether the server cannot be reached; while it is tried again, that is not known to be over. */
function useAway(provider: Provider): boolean {
  const away = useRef(false);
  const state = useStatusPart(provider, stateOf);
  away.current = state === 'offline' || (away.current && state === 'connecting');
  return away.current;
}

const stateOf = ({ state }: Status) => state;

const isUnknown = (status: Status) => status.state === 'refused' && status.code === 'not-found';

/** What the replica says it is; null until it holds something. */
function useReplicaKind({ doc }: Provider): KindName | null {
  const subscribe = useCallback(
    (listener: () => void) => {
      doc.on('update', listener);
      return () => doc.off('update', listener);
    },
    [doc],
  );
  return useSyncExternalStore(subscribe, () => kindOf(doc));
}

const editors = { dashboard: DashboardEditor, diagram: DiagramEditor, estimate: EstimateEditor };

interface EditorProps {
  open: OpenDocument;
  kind: KindName | null;
  /** Whether the kind may still become known. */
  waiting: boolean;
}

function Editor({ open, kind, waiting }: EditorProps) {
  if (kind === null && waiting) return <Skeleton kind={null} />;
  const Kind = editors[kind ?? 'dashboard'];
  return (
    <Suspense fallback={<Skeleton kind={kind} />}>
      <Kind open={open} kind={kind ?? 'dashboard'} />
    </Suspense>
  );
}

const skeletons = { dashboard: DashboardSkeleton, diagram: DiagramSkeleton, estimate: EstimateSkeleton };

function Skeleton({ kind }: { kind: KindName | null }) {
  if (kind === null) return <EditorSkeleton />;
  const Waiting = skeletons[kind];
  return <Waiting />;
}

import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useStatus } from '@tidemark/client/react';
import { useSyncExternalStore } from 'react';
import { documentQuery } from '../api/documents.ts';
import { ApiError } from '../api/http.ts';
import { meQuery } from '../api/session.ts';
import { NoAccessPage, NotFoundPage } from '../shell/system-page.tsx';
import { SessionContext } from './context.ts';
import { CopiesBanner } from './copies-banner.tsx';
import { DashboardEditor } from './dashboard-editor.tsx';
import { EditorSkeleton } from './editor-skeleton.tsx';
import { isShutOut } from './rights.ts';
import { type Session, useSession } from './session.ts';

// Wanted by nearly every dashboard: on its way while the document is.
void import('./echarts.ts');

/** One dashboard by its address. */
export function DashboardPage() {
  const { documentId } = useParams({ from: '/signed-in/d/$documentId' });
  const { data: me } = useSuspenseQuery(meQuery);
  // Asked beside the sync connection, which opens at once: a copy on this device needs no answer.
  const { error } = useQuery(documentQuery(documentId));
  const session = useSession({ documentId, me: me.user });
  const status = error instanceof ApiError ? error.status : null;
  if (session === null) return <EditorSkeleton />;
  // Each replica has an editor of its own.
  return <Opened key={session.provider.doc.guid} session={session} answer={status} />;
}

/** `answer`: the HTTP status with which the server refused to tell of this document, if it did. */
function Opened({ session, answer }: { session: Session; answer: number | null }) {
  const { provider, reader } = session;
  const status = useStatus(provider);
  const here = useSyncExternalStore(reader.subscribe, () => reader.view().meta.schemaVersion > 0);
  const shut = isShutOut(status);
  // What is on this device stays to be seen, and to be decided about, whatever the server says.
  if (here || (!shut && answer !== 403 && answer !== 404)) return <DashboardEditor session={session} />;
  if (!shut && (status.state === 'connecting' || status.state === 'syncing')) return <EditorSkeleton />;
  const hidden = answer === 404 || (status.state === 'refused' && status.code === 'not-found');
  return (
    <SessionContext value={session}>
      <CopiesBanner />
      {hidden ? <NotFoundPage /> : <NoAccessPage />}
    </SessionContext>
  );
}

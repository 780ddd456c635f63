import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { documentQuery } from '../api/documents.ts';
import { ApiError } from '../api/http.ts';
import { meQuery } from '../api/session.ts';
import { NoAccessPage, NotFoundPage } from '../shell/system-page.tsx';
import { DashboardEditor } from './dashboard-editor.tsx';
import { EditorSkeleton } from './editor-skeleton.tsx';
import { useSession } from './session.ts';

// Wanted by nearly every dashboard: on its way while the document is.
void import('./echarts.ts');

/** One dashboard by its address. */
export function DashboardPage() {
  const { documentId } = useParams({ from: '/signed-in/d/$documentId' });
  const { data: me } = useSuspenseQuery(meQuery);
  // Asked beside the sync connection, which opens at once: a copy on this device needs no answer.
  const { error } = useQuery(documentQuery(documentId));
  const session = useSession({ documentId, companyId: me.company.id, me: me.user });
  if (error instanceof ApiError && error.status === 404) return <NotFoundPage />;
  if (error instanceof ApiError && error.status === 403) return <NoAccessPage />;
  if (session === null) return <EditorSkeleton />;
  return <DashboardEditor key={documentId} session={session} />;
}

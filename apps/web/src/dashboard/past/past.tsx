import { type DashboardView, dashboard } from '@tidemark/documents/dashboard';
import type { ReactNode } from 'react';
import type { Session } from '../../editor/session.ts';
import { pastOf } from '../../history/past.tsx';
import { DashboardContext, DeskContext } from '../context.ts';
import { CanvasSkeleton } from '../dashboard-skeleton.tsx';
import { useDeskState } from '../desk.ts';
import { FiltersContext, useFiltersState } from '../filters.ts';
import { UploadContext, useUploadsState } from '../uploads.ts';
import { PresenceContext } from '../use-presence.ts';
import { PastView } from './past-view.tsx';

/** Pixels from which the panel leaves room enough for the grid beside it. */
const wide = 1100;

interface Props {
  session: Session<DashboardView>;
  children: ReactNode;
}

function Contexts({ session, children }: Props) {
  const desk = useDeskState(innerWidth >= wide ? 'history' : null);
  return (
    <DashboardContext value={session}>
      <DeskContext value={desk}>
        <PresenceContext value={null}>
          <Filtered>{children}</Filtered>
        </PresenceContext>
      </DeskContext>
    </DashboardContext>
  );
}

/** Filters of then; who changes them changes them on this screen alone. */
function Filtered({ children }: { children: ReactNode }) {
  return (
    <FiltersContext value={useFiltersState()}>
      <UploadContext value={useUploadsState()}>{children}</UploadContext>
    </FiltersContext>
  );
}

export const DashboardPast = pastOf({
  records: dashboard,
  Contexts,
  View: PastView,
  Skeleton: CanvasSkeleton,
});

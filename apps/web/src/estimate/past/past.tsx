import { type EstimateView, estimate } from '@tidemark/documents/estimate';
import type { ReactNode } from 'react';
import type { Session } from '../../editor/session.ts';
import { pastOf } from '../../history/past.tsx';
import { DeskContext, EstimateContext, PresenceContext } from '../context.ts';
import { useDeskState } from '../desk.ts';
import { GridSkeleton } from '../estimate-skeleton.tsx';
import { PastView } from './past-view.tsx';

function Contexts({ session, children }: { session: Session<EstimateView>; children: ReactNode }) {
  const desk = useDeskState('history');
  return (
    <EstimateContext value={session}>
      <DeskContext value={desk}>
        <PresenceContext value={null}>{children}</PresenceContext>
      </DeskContext>
    </EstimateContext>
  );
}

export const EstimatePast = pastOf({ records: estimate, Contexts, View: PastView, Skeleton: GridSkeleton });

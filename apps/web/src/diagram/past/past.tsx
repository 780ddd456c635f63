import { type DiagramView, diagram } from '@tidemark/documents/diagram';
import type { DiagramCanvas } from '@tidemark/modeler';
import { type ReactNode, useMemo, useState } from 'react';
import type { Session } from '../../editor/session.ts';
import { pastOf } from '../../history/past.tsx';
import { CanvasWait } from '../canvas/canvas-wait.tsx';
import { DeskContext, DiagramContext } from '../context.ts';
import { useDeskState } from '../desk.ts';
import { ToolsProvider } from '../tools/tools-provider.tsx';
import { CanvasSetter } from './canvas-setter.ts';
import { PastView } from './past-view.tsx';

function Contexts({ session, children }: { session: Session<DiagramView>; children: ReactNode }) {
  const [canvas, setCanvas] = useState<DiagramCanvas | null>(null);
  const desk = useDeskState('history');
  const shown = useMemo(() => ({ ...session, canvas }), [session, canvas]);
  return (
    <DiagramContext value={shown}>
      <DeskContext value={desk}>
        <CanvasSetter value={setCanvas}>
          <ToolsProvider>{children}</ToolsProvider>
        </CanvasSetter>
      </DeskContext>
    </DiagramContext>
  );
}

export const DiagramPast = pastOf({ records: diagram, Contexts, View: PastView, Skeleton: CanvasWait });

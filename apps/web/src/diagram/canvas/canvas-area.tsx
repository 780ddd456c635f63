import { Button, VisuallyHidden } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconMoodPuzzled, IconSitemap } from '@tabler/icons-react';
import { useStatus } from '@tidemark/client/react';
import type { DiagramCanvas } from '@tidemark/modeler';
import { EmptyState, usePhone } from '@tidemark/ui';
import { type RefObject, useEffect, useRef } from 'react';
import { useMayEdit } from '../../editor/rights.ts';
import { useDiagram, useView } from '../context.ts';
import { EmptyHint } from '../empty-hint.tsx';
import css from './canvas-area.module.css';
import { CanvasWait } from './canvas-wait.tsx';
import 'bpmn-js/dist/assets/diagram-js.css';
import 'bpmn-js/dist/assets/bpmn-js.css';
import './look/canvas.css';
import './look/palette.css';
import './look/context-pad.css';
import './look/menus.css';
import './look/labels.css';
import { CanvasTools } from '../tools/canvas-tools.tsx';
import { useCanvas } from './use-canvas.ts';
import { ZoomControls } from './zoom-controls.tsx';

interface Props {
  surface: RefObject<HTMLElement | null>;
  onCanvas: (canvas: DiagramCanvas | null) => void;
}

/** The diagram itself, or what stands there before there is one. */
export function CanvasArea({ surface, onCanvas }: Props) {
  const session = useDiagram();
  const mayEdit = useMayEdit();
  const phone = usePhone();
  const place = useRef<HTMLDivElement>(null);
  const seeded = useView(({ root }) => root !== null);
  const status = useStatus(session.provider);
  const waiting = status.state === 'connecting' || status.state === 'syncing';
  const mode = mayEdit && !phone ? 'edit' : 'read';
  const { canvas, failure, faults, again } = useCanvas(place, session, { seeded, mode, onCanvas });
  useEffect(() => {
    if (faults > 0) notifications.show({ id: 'canvas', message: 'Reloaded from the shared state.' });
  }, [faults]);
  return (
    <main ref={surface} className={css.area} data-mode={mode}>
      {/* bpmn-js puts headings of the third order into its menus. */}
      <VisuallyHidden component="h2">Diagram</VisuallyHidden>
      <div ref={place} className={css.place} data-testid="canvas" />
      {canvas && <EmptyHint mode={mode} />}
      {canvas && <ZoomControls />}
      {canvas && session.canvas === canvas && <CanvasTools />}
      {!canvas && !failure && (seeded || waiting) && <CanvasWait />}
      {!seeded && !waiting && (
        <div className={css.notice}>
          <EmptyState title="Nothing to see yet" icon={<IconSitemap size={26} stroke={1.6} />}>
            This diagram is not on this device. It comes as soon as the server can be reached.
          </EmptyState>
        </div>
      )}
      {failure !== null && (
        <div className={css.notice} role="alert">
          <EmptyState
            title="This diagram could not be drawn"
            icon={<IconMoodPuzzled size={26} stroke={1.6} />}
            actions={
              <Button variant="default" onClick={again}>
                Try again
              </Button>
            }
          >
            A fault of ours. What it holds is safe: nothing was changed.
          </EmptyState>
        </div>
      )}
    </main>
  );
}

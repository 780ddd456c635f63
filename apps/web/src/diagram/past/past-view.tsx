import { useContext, useRef } from 'react';
import page from '../../editor/page.module.css';
import { PanelHost } from '../../editor/panel-host.tsx';
import { PanelRail } from '../../editor/panel-rail.tsx';
import { ListedContext } from '../../history/compare/comparison.ts';
import { type Marks, MarksContext } from '../../history/marks.ts';
import { useAskedHistory } from '../../history/travel/asked-history.ts';
import { CanvasArea } from '../canvas/canvas-area.tsx';
import { useLookKeys } from '../canvas/look-keys.ts';
import { DiagramMarks } from '../compare/diagram-marks.tsx';
import { useDesk } from '../context.ts';
import { DiagramChooser } from '../diagram-chooser.tsx';
import { panels } from '../panels.ts';
import { CanvasSetter } from './canvas-setter.ts';
import { CopySelected } from './copy-selected.tsx';
import css from './past-view.module.css';

/** What can be read beside the canvas. */
const shown = panels.filter(({ name }) => name === 'history' || name === 'properties' || name === 'outline');

/** A diagram as it was. */
export function PastView({ marks }: { marks: Marks | null }) {
  const desk = useDesk();
  useAskedHistory(desk.open);
  const listed = useContext(ListedContext);
  const surface = useRef<HTMLElement>(null);
  useLookKeys();
  return (
    <MarksContext value={marks}>
      <div className={page.body}>
        <div className={css.stage}>
          <CanvasArea surface={surface} onCanvas={useContext(CanvasSetter)} />
          {!listed && <CopySelected />}
          <div className={css.chooser}>
            <DiagramChooser size={32} />
          </div>
        </div>
        <DiagramMarks />
        {!listed && (
          <>
            <PanelHost panels={shown} desk={desk} />
            <PanelRail panels={shown} desk={desk} />
          </>
        )}
      </div>
    </MarksContext>
  );
}

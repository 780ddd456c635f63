import { IconMinus, IconPlus } from '@tabler/icons-react';
import { IconButton, KeyboardHint, usePhone } from '@tidemark/ui';
import { useDiagram } from '../context.ts';
import { MinimapButton } from '../tools/minimap-button.tsx';
import { service } from './services.ts';
import { useCanvasState } from './use-canvas-state.ts';
import { showAll, zoomBy } from './zoom.ts';
import css from './zoom-controls.module.css';

/** How large the diagram is shown. Stands opposite the mark of bpmn.io, which nothing may cover. */
export function ZoomControls() {
  const { canvas } = useDiagram();
  const phone = usePhone();
  const percent = useCanvasState((shown) => Math.round(service(shown, 'canvas').zoom() * 100), 100);
  if (canvas === null) return null;
  const size = phone ? 44 : 32;
  return (
    <fieldset className={css.group} aria-label="Zoom">
      <IconButton
        label="Zoom out"
        hint={
          <>
            Zoom out <KeyboardHint keys="Mod+Minus" />
          </>
        }
        size={size}
        onClick={() => zoomBy(canvas, -1)}
      >
        <IconMinus size={16} stroke={1.8} />
      </IconButton>
      <IconButton
        label={`${percent} %; show all`}
        hint={
          <>
            Show all <KeyboardHint keys="1" />
          </>
        }
        size={size}
        w={phone ? 60 : 52}
        className={css.percent}
        onClick={() => showAll(canvas)}
      >
        {percent} %
      </IconButton>
      <IconButton
        label="Zoom in"
        hint={
          <>
            Zoom in <KeyboardHint keys="Mod+Plus" />
          </>
        }
        size={size}
        onClick={() => zoomBy(canvas, 1)}
      >
        <IconPlus size={16} stroke={1.8} />
      </IconButton>
      <MinimapButton size={size} />
    </fieldset>
  );
}

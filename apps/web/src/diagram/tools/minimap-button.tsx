import { IconMap2 } from '@tabler/icons-react';
import { IconButton } from '@tidemark/ui';
import { useContext, useState } from 'react';
import { ToolsContext, useTools } from './context.ts';
import { service } from './services.ts';
import './minimap.css';
import { useCanvasEvents } from './use-canvas.ts';

const toggled = ['minimap.toggle'] as const;

/** Shows and hides the small picture of the whole. */
export function MinimapButton({ size }: { size: number }) {
  return useContext(ToolsContext) && <Toggle size={size} />;
}

function Toggle({ size }: { size: number }) {
  const { canvas } = useTools();
  const [open, setOpen] = useState(() => service(canvas, 'minimap').isOpen());
  useCanvasEvents(toggled, () => setOpen(service(canvas, 'minimap').isOpen()));
  return (
    <IconButton
      label={open ? 'Hide the overview' : 'Show the overview'}
      size={size}
      aria-pressed={open}
      onClick={() => service(canvas, 'minimap').toggle()}
    >
      <IconMap2 size={17} stroke={1.7} />
    </IconButton>
  );
}

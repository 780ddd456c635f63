import { SidePanel } from '@tidemark/ui';
import { useEffect, useRef } from 'react';
import { useDesk } from './context.ts';
import { panels } from './panels.ts';

/** What the chosen tab shows: beside the canvas, on a phone a sheet over its lower part. */
export function PanelHost() {
  const desk = useDesk();
  const standing = useRef(false);
  useEffect(() => {
    standing.current = true;
  }, []);
  const part = panels.find(({ name }) => name === desk.panel);
  return (
    <SidePanel
      title={part?.label ?? ''}
      opened={part !== undefined}
      takesFocus={standing.current}
      onClose={() => desk.open(null)}
    >
      {part && <part.Panel key={part.name} />}
    </SidePanel>
  );
}

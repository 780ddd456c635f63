import { SidePanel } from '@tidemark/ui';
import { useDesk } from './context.ts';
import { panels } from './panels.ts';

/** What the chosen tab shows: beside the canvas, on a phone a sheet over its lower part. */
export function PanelHost() {
  const desk = useDesk();
  const part = panels.find(({ name }) => name === desk.panel);
  return (
    <SidePanel title={part?.label ?? ''} opened={part !== undefined} onClose={() => desk.open(null)}>
      {part && <part.Panel key={part.name} />}
    </SidePanel>
  );
}

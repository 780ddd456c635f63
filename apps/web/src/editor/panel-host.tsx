import { SidePanel } from '@tidemark/ui';
import { useEffect, useRef } from 'react';
import type { PanelDesk, PanelPart } from './panel-part.ts';

interface Props<Name extends string> {
  panels: readonly PanelPart<Name>[];
  desk: PanelDesk<Name>;
}

/** What the chosen tab shows: beside the work, on a phone a sheet over its lower part. */
export function PanelHost<Name extends string>({ panels, desk }: Props<Name>) {
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

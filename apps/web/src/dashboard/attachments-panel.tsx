import { SidePanel } from '@tidemark/ui';
import { FilesPanel } from '../files/files-panel.tsx';
import { useDesk } from './context.ts';

/** Files beside the dashboard; the tables that its charts are drawn from are in the panel "Data". */
export function AttachmentsPanel() {
  const desk = useDesk();
  return (
    <SidePanel title="Files" opened={desk.panel === 'files'} onClose={() => desk.open(null)}>
      <FilesPanel />
    </SidePanel>
  );
}

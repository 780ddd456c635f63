import { describeDashboardSession } from '@tidemark/documents/dashboard';
import { SidePanel } from '@tidemark/ui';
import { historyPart } from '../history/panel/history-part.tsx';
import { useDesk } from './context.ts';

const { label, Panel } = historyPart(describeDashboardSession);

/** Who worked on the dashboard, and when. */
export function HistoryPanel({ takesFocus = true }: { takesFocus?: boolean }) {
  const { panel, open } = useDesk();
  return (
    <SidePanel title={label} opened={panel === 'history'} takesFocus={takesFocus} onClose={() => open(null)}>
      <Panel />
    </SidePanel>
  );
}

import { SidePanel } from '@tidemark/ui';
import { useMemo } from 'react';
import { type Anchors, useTalk } from '../conversation/context.ts';
import { ConversationPanel } from '../conversation/conversation-panel.tsx';
import { chartName } from './chart-words.ts';
import { useDesk, useView } from './context.ts';

/** What threads of a dashboard can be about: its charts, the hidden ones too. */
export function useChartAnchors(): Anchors {
  const charts = useView((view) => view.charts);
  const { select, selected } = useDesk();
  return useMemo(
    () => ({
      nameOf({ kind, id }) {
        const chart = kind === 'chart' ? charts.find((one) => one.id === id) : undefined;
        return chart ? chartName(chart) : null;
      },
      show({ id }) {
        select(id);
        document.querySelector(`[data-chart="${CSS.escape(id)}"]`)?.scrollIntoView({ block: 'nearest' });
      },
      current() {
        const chart = charts.find((one) => one.id === selected);
        return chart ? { kind: 'chart', id: chart.id, label: chartName(chart) } : null;
      },
    }),
    [charts, select, selected],
  );
}

/** Closes the panel; the address names no thread then. */
export function useLeaveComments(): () => void {
  const { open } = useDesk();
  const { narrow } = useTalk().desk;
  return () => {
    narrow(null);
    open(null);
  };
}

/** The conversation beside the grid. */
export function CommentsPanel() {
  const { panel } = useDesk();
  return (
    <SidePanel title="Comments" opened={panel === 'comments'} onClose={useLeaveComments()}>
      <ConversationPanel noun="dashboard" />
    </SidePanel>
  );
}

import { IconHistory } from '@tabler/icons-react';
import type { Touched } from '../../api/history.ts';
import type { PanelPart } from '../../editor/panel-part.ts';
import { HistoryPanel } from './history-panel.tsx';

/** The tab of history in the panel of a kind, which says in its own words what a session of work did. */
export function historyPart(describe: (touched: Touched) => string): PanelPart<'history'> {
  return {
    name: 'history',
    label: 'History',
    icon: IconHistory,
    Panel: () => <HistoryPanel describe={describe} />,
  };
}

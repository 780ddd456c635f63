import { notifications } from '@mantine/notifications';
import {
  type ChartView,
  duplicateChart,
  moveChart,
  removeChart,
  resizeChart,
} from '@tidemark/documents/dashboard';
import { createElement, useMemo } from 'react';
import { UndoToast } from '../shell/undo-toast.tsx';
import { chartName } from './chart-words.ts';
import { useDashboard, useDesk } from './context.ts';

const columns = 12;

/** What is done to a chart from its menu and by keyboard. */
export function useChartActions() {
  const { editor, undo } = useDashboard();
  const desk = useDesk();
  return useMemo(
    () => ({
      duplicate(chart: ChartView) {
        const copy = duplicateChart(editor, chart.id);
        if (copy !== null) desk.select(copy);
      },
      remove(chart: ChartView) {
        if (!removeChart(editor, chart.id)) return;
        desk.select(null);
        const id = `removed-${chart.id}`;
        notifications.show({
          id,
          message: createElement(UndoToast, {
            text: `“${chartName(chart)}” was removed`,
            onUndo: () => {
              notifications.hide(id);
              undo.undo();
            },
          }),
        });
      },
      /** One step by an arrow key; with `resize` the far edge moves instead. */
      nudge({ id, place: { pos, size } }: ChartView, key: string, resize: boolean) {
        const dx = key === 'ArrowLeft' ? -1 : key === 'ArrowRight' ? 1 : 0;
        const dy = key === 'ArrowUp' ? -1 : key === 'ArrowDown' ? 1 : 0;
        if (resize) {
          const w = Math.min(Math.max(size.w + dx, 2), columns - pos.x);
          resizeChart(editor, id, { w, h: Math.min(Math.max(size.h + dy, 2), 100) });
        } else {
          const x = Math.min(Math.max(pos.x + dx, 0), columns - size.w);
          moveChart(editor, id, { x, y: Math.max(pos.y + dy, 0) });
        }
      },
    }),
    [editor, undo, desk],
  );
}

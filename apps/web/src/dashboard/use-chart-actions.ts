import { notifications } from '@mantine/notifications';
import {
  type ChartView,
  duplicateChart,
  layoutOf,
  moveChart,
  overlap,
  removeChart,
  resizeChart,
  rowOf,
} from '@tidemark/documents/dashboard';
import { createElement, useMemo } from 'react';
import { mayEditNow } from '../editor/rights.ts';
import { UndoToast } from '../shell/undo-toast.tsx';
import { chartName } from './chart-words.ts';
import { useDashboard, useDesk } from './context.ts';

const columns = 12;

/** What is done to a chart from its menu and by keyboard. */
export function useChartActions() {
  const { editor, reader, undo, provider } = useDashboard();
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
              if (mayEditNow(provider)) undo.undo();
            },
          }),
        });
      },
      /** One step by an arrow key; with `resize` the far edge moves instead. */
      nudge({ id, place: { pos, size } }: ChartView, key: string, resize: boolean) {
        const dx = key === 'ArrowLeft' ? -1 : key === 'ArrowRight' ? 1 : 0;
        const dy = key === 'ArrowUp' ? -1 : key === 'ArrowDown' ? 1 : 0;
        const tiles = layoutOf(reader.view());
        // From where it stands on the screen, which overlaps may have made another place than was written.
        const tile = tiles.find((other) => other.id === id) ?? { id, ...pos, ...size };
        if (resize) {
          const w = Math.min(Math.max(tile.w + dx, 2), columns - tile.x);
          return resizeChart(editor, id, { w, h: Math.min(Math.max(tile.h + dy, 2), 100) });
        }
        const x = Math.min(Math.max(tile.x + dx, 0), columns - tile.w);
        const target = { ...tile, x, y: Math.max(tile.y + dy, 0) };
        // Upwards there is no way into the middle of another: it changes places with it.
        const above = dy < 0 ? tiles.filter((other) => other.id !== id && overlap(target, other)) : [];
        return moveChart(editor, id, { x, y: Math.min(target.y, ...above.map(rowOf)) });
      },
    }),
    [editor, reader, undo, provider, desk],
  );
}

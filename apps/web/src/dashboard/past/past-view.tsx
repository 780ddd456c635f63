import { usePhone } from '@tidemark/ui';
import { useContext, useRef } from 'react';
import page from '../../editor/page.module.css';
import { useWidth } from '../../editor/use-width.ts';
import { ListedContext } from '../../history/compare/comparison.ts';
import { type Marks, MarksContext } from '../../history/marks.ts';
import { useAskedHistory } from '../../history/travel/asked-history.ts';
import { useBringTile } from '../compare/use-bring-tile.ts';
import { useDesk, useView } from '../context.ts';
import css from '../dashboard-editor.module.css';
import { EmptyDashboard } from '../empty-dashboard.tsx';
import { Grid } from '../grid.tsx';
import { HistoryPanel } from '../history-panel.tsx';
import { useScheme } from '../scheme.ts';

/** A dashboard as it was, with the data of then. */
export function PastView({ marks }: { marks: Marks | null }) {
  const desk = useDesk();
  useAskedHistory(desk.open);
  const listed = useContext(ListedContext);
  const theme = useView((view) => view.meta.theme);
  const shown = useView((view) => view.charts.some(({ hidden }) => !hidden));
  const scheme = useScheme();
  const phone = usePhone();
  const { ref, width } = useWidth();
  const scroller = useRef<HTMLElement>(null);
  useBringTile(scroller);
  return (
    <MarksContext value={marks}>
      <div className={page.body}>
        <main
          ref={scroller}
          className={`${css.canvas} ${css.past}`}
          data-scroller
          data-mantine-color-scheme={scheme}
          data-theme={theme}
          onPointerDown={(event) => {
            if (!(event.target as Element).closest('[data-chart]')) desk.select(null);
          }}
        >
          <div ref={ref} className={css.inner} data-phone={phone || undefined}>
            {!shown && marks === null ? <EmptyDashboard /> : width > 0 && <Grid width={width} />}
          </div>
        </main>
        {!listed && <HistoryPanel takesFocus={false} />}
      </div>
    </MarksContext>
  );
}

import { Button } from '@mantine/core';
import { showChart } from '@tidemark/documents/dashboard';
import { SidePanel } from '@tidemark/ui';
import { useEditor } from '../editor/context.ts';
import css from '../editor/panel.module.css';
import { useMayEdit } from '../editor/rights.ts';
import { chartName } from './chart-words.ts';
import { useDesk, useView } from './context.ts';

/** Charts that are hidden, not removed. */
export function HiddenPanel() {
  const desk = useDesk();
  const mayEdit = useMayEdit();
  const editor = useEditor();
  const charts = useView((view) => view.charts).filter(({ hidden }) => hidden);
  return (
    <SidePanel
      title="Hidden charts"
      opened={mayEdit && desk.panel === 'hidden'}
      onClose={() => desk.open(null)}
    >
      {charts.length === 0 && <p className={css.note}>Nothing is hidden.</p>}
      <ul className={css.list}>
        {charts.map((chart) => (
          <li key={chart.id} className={css.item}>
            <span className={css.itemName}>{chartName(chart)}</span>
            <Button
              size="compact-sm"
              variant="default"
              aria-label={`Show ${chartName(chart)}`}
              onClick={() => {
                showChart(editor, chart.id);
                desk.select(chart.id);
              }}
            >
              Show
            </Button>
          </li>
        ))}
      </ul>
    </SidePanel>
  );
}

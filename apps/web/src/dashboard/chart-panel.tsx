import { Tabs } from '@mantine/core';
import type { ChartView } from '@tidemark/documents/dashboard';
import { SidePanel } from '@tidemark/ui';
import css from '../editor/panel.module.css';
import { useMayEdit } from '../editor/rights.ts';
import { chartName } from './chart-words.ts';
import { useDesk, useView } from './context.ts';
import { MappingForm } from './mapping-form.tsx';
import { StyleForm } from './style-form.tsx';

/** All that can be set about the selected chart. */
export function ChartPanel() {
  const desk = useDesk();
  const chart = useView((view) => view.charts).find(({ id }) => id === desk.selected) ?? null;
  const opened = useMayEdit() && desk.panel === 'chart' && chart !== null;
  return (
    <SidePanel title={chart ? chartName(chart) : 'Chart'} opened={opened} onClose={() => desk.open(null)}>
      {chart && <Forms key={chart.id} chart={chart} />}
    </SidePanel>
  );
}

function Forms({ chart }: { chart: ChartView }) {
  return (
    <Tabs defaultValue="data" keepMounted={false}>
      <Tabs.List className={css.tabs}>
        <Tabs.Tab value="data">Data</Tabs.Tab>
        <Tabs.Tab value="style">Style</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="data">
        <MappingForm chart={chart} />
      </Tabs.Panel>
      <Tabs.Panel value="style">
        <StyleForm chart={chart} />
      </Tabs.Panel>
    </Tabs>
  );
}

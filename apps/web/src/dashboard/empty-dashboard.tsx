import { Button } from '@mantine/core';
import { IconChartAreaLine, IconPlus, IconUpload } from '@tabler/icons-react';
import { EmptyState } from '@tidemark/ui';
import { useMayEdit } from '../editor/rights.ts';
import { pickFiles } from '../shell/files.ts';
import { useOnline } from '../shell/online.ts';
import { useDesk, useView } from './context.ts';
import { useUploads } from './uploads.ts';

/** A dashboard on which nothing is shown. */
export function EmptyDashboard() {
  const mayEdit = useMayEdit();
  const desk = useDesk();
  const online = useOnline();
  const { start, suggest } = useUploads();
  const hidden = useView((view) => view.charts.length);
  const dataset = useView((view) => view.datasets[0] ?? null);
  const icon = <IconChartAreaLine size={26} stroke={1.6} />;
  if (!mayEdit) {
    return (
      <EmptyState title="Nothing to see yet" icon={icon}>
        Nobody has put a chart here so far.
      </EmptyState>
    );
  }
  const upload = (
    <Button
      key="upload"
      variant={dataset ? 'default' : 'filled'}
      leftSection={<IconUpload size={16} stroke={1.8} />}
      disabled={!online}
      onClick={async () => start(await pickFiles())}
    >
      Upload CSV
    </Button>
  );
  return (
    <EmptyState
      title={dataset ? 'The data is here, the charts are yours' : 'Begin with a CSV file'}
      icon={icon}
      actions={
        <>
          {dataset && (
            <Button
              onClick={() => suggest(dataset.id)}
              leftSection={<IconChartAreaLine size={16} stroke={1.8} />}
            >
              Suggest charts
            </Button>
          )}
          {upload}
          <Button
            variant="default"
            leftSection={<IconPlus size={16} stroke={1.8} />}
            onClick={() => desk.showAdding(true)}
          >
            Add chart
          </Button>
          {hidden > 0 && (
            <Button variant="default" onClick={() => desk.open('hidden')}>
              Hidden charts ({hidden})
            </Button>
          )}
        </>
      }
    >
      {online
        ? 'Drop a file anywhere on this page. Columns are recognised, charts are suggested.'
        : 'You are offline: uploads wait for the network, everything else works.'}
    </EmptyState>
  );
}

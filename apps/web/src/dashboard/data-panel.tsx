import { Button, Menu, Select, Tooltip } from '@mantine/core';
import { IconChevronRight, IconDots, IconSparkles, IconTrash, IconUpload } from '@tabler/icons-react';
import {
  type ColumnType,
  columnTypes,
  type DatasetView,
  overrideColumn,
  removeDataset,
} from '@tidemark/documents/dashboard';
import { ConfirmDialog, IconButton, SidePanel } from '@tidemark/ui';
import { useState } from 'react';
import { useEditor } from '../editor/context.ts';
import panel from '../editor/panel.module.css';
import { useMayEdit } from '../editor/rights.ts';
import { pickFiles } from '../shell/files.ts';
import { useOnline } from '../shell/online.ts';
import { useDesk, useView } from './context.ts';
import css from './data-panel.module.css';
import { useUploads } from './uploads.ts';

const typeLabels: Readonly<Record<ColumnType, string>> = {
  integer: 'Whole number',
  decimal: 'Number',
  currency: 'Money',
  percent: 'Percent',
  date: 'Date',
  boolean: 'Yes or no',
  category: 'Category',
  id: 'Identifier',
  text: 'Text',
};

/** The tables of this dashboard: what they hold, and more of them. */
export function DataPanel() {
  const desk = useDesk();
  const mayEdit = useMayEdit();
  const online = useOnline();
  const datasets = useView((view) => view.datasets);
  const { start } = useUploads();
  const upload = (
    <Button
      fullWidth
      leftSection={<IconUpload size={16} stroke={1.8} />}
      variant={datasets.length > 0 ? 'default' : 'filled'}
      {...(online ? {} : { 'data-disabled': true })}
      aria-disabled={!online}
      onClick={async () => {
        if (online) start(await pickFiles());
      }}
    >
      Upload CSV
    </Button>
  );
  return (
    <SidePanel title="Data" opened={mayEdit && desk.panel === 'data'} onClose={() => desk.open(null)}>
      <div className={panel.form}>
        {online ? upload : <Tooltip label="You are offline: uploads wait for the network">{upload}</Tooltip>}
        <p className={panel.note}>
          {online
            ? 'CSV or TSV up to 10 MB. You can drop files anywhere on the dashboard.'
            : 'You are offline: uploads wait for the network.'}
        </p>
        {datasets.length === 0 && <p className={panel.note}>No data yet.</p>}
        <ul className={panel.list} aria-label="Datasets">
          {datasets.map((dataset) => (
            <Dataset key={dataset.id} dataset={dataset} startsOpen={datasets.length === 1} />
          ))}
        </ul>
      </div>
    </SidePanel>
  );
}

function Dataset({ dataset, startsOpen }: { dataset: DatasetView; startsOpen: boolean }) {
  const editor = useEditor();
  const { suggest } = useUploads();
  const charts = useView((view) => view.charts);
  const used = charts.filter(({ datasetId }) => datasetId === dataset.id).length;
  const [open, setOpen] = useState(startsOpen);
  const [asking, setAsking] = useState(false);
  const name = dataset.name || 'Unnamed data';
  return (
    <li className={css.dataset}>
      <div className={css.head}>
        <button type="button" className={css.toggle} aria-expanded={open} onClick={() => setOpen(!open)}>
          <IconChevronRight size={15} stroke={2} className={css.chevron} aria-hidden />
          <span className={css.words}>
            <span className={css.name}>{name}</span>
            <span className={css.size}>
              {dataset.rows.toLocaleString('en')} rows, {dataset.columns.length} columns
            </span>
          </span>
        </button>
        <Menu position="bottom-end" width={190}>
          <Menu.Target>
            <IconButton label={`Actions for ${name}`} hint="Actions" size={28}>
              <IconDots size={16} stroke={1.8} />
            </IconButton>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item
              leftSection={<IconSparkles size={16} stroke={1.7} />}
              onClick={() => suggest(dataset.id)}
            >
              Suggest charts
            </Menu.Item>
            <Menu.Item
              data-danger
              leftSection={<IconTrash size={16} stroke={1.7} />}
              onClick={() => (used > 0 ? setAsking(true) : removeDataset(editor, dataset.id))}
            >
              Remove
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </div>
      {open && (
        <ul className={css.columns} aria-label={`Columns of ${name}`}>
          {dataset.columns.map((column) => (
            <li key={column.name} className={css.column}>
              <span className={css.columnName} title={column.name}>
                {column.label}
              </span>
              <Select
                aria-label={`Type of ${column.name}`}
                size="xs"
                w={132}
                data={columnTypes.map((type) => ({
                  value: type,
                  label:
                    type === column.inferred && column.type !== type
                      ? `${typeLabels[type]} (found)`
                      : typeLabels[type],
                }))}
                value={column.type}
                allowDeselect={false}
                comboboxProps={{ withinPortal: true, width: 190, position: 'bottom-end' }}
                onChange={(value) => {
                  const type = value as ColumnType;
                  overrideColumn(editor, dataset.id, column.name, type === column.inferred ? null : { type });
                }}
              />
            </li>
          ))}
        </ul>
      )}
      <ConfirmDialog
        opened={asking}
        title={`Remove ${name}?`}
        confirm="Remove data"
        danger
        onClose={() => setAsking(false)}
        onConfirm={() => {
          setAsking(false);
          removeDataset(editor, dataset.id);
        }}
      >
        {used === 1 ? 'One chart draws' : `${used} charts draw`} this data and will be empty. You can undo
        this.
      </ConfirmDialog>
    </li>
  );
}

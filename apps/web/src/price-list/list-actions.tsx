import { Button, Menu } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconDots, IconDownload, IconFileImport, IconPlus } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { IconButton } from '@tidemark/ui';
import { useState } from 'react';
import { allItems } from '../api/price-list.ts';
import { fetched } from '../shell/fetched.tsx';
import { saveFile } from '../shell/save-file.ts';
import { countOf } from '../shell/sizes.ts';
import type { OpenedFile } from './import/open-file.ts';
import css from './price-list-page.module.css';
import { sayTrouble } from './use-price-list.ts';

interface Props {
  tab: 'items' | 'assemblies';
  currency: string;
  mayChange: boolean;
  online: boolean;
  hasItems: boolean;
  onAdd: () => void;
}

const ImportDialog = fetched(async () => (await import('./import/import-dialog.tsx')).ImportDialog);

/** What can be done with the list as a whole. */
export function ListActions({ tab, currency, mayChange, online, hasItems, onAdd }: Props) {
  const [opened, setOpened] = useState<OpenedFile | null>(null);
  const pick = useMutation({
    // What reads files comes when it is wanted.
    mutationFn: async () => (await import('./import/open-file.ts')).openFile(),
    onError: sayTrouble,
    onSuccess: (found) => {
      if (typeof found !== 'string') return setOpened(found);
      notifications.show({ color: 'red', title: 'This file could not be read', message: found });
    },
  });
  const file = useMutation({
    mutationFn: async () => {
      const items = await allItems({
        q: '',
        category: null,
        archived: false,
        sort: 'category',
        order: 'asc',
      });
      return { items, csv: (await import('./export-csv.ts')).priceListCsv(items) };
    },
    onError: sayTrouble,
    onSuccess: ({ items, csv }) => {
      saveFile(csv, 'Price list.csv', 'text/csv');
      notifications.show({ message: `${countOf(items.length, 'item')} written to “Price list.csv”.` });
    },
  });
  return (
    <div className={css.actions}>
      {mayChange && (
        <Button leftSection={<IconPlus size={16} stroke={2} />} disabled={!online} onClick={onAdd}>
          {tab === 'items' ? 'New item' : 'New assembly'}
        </Button>
      )}
      <Menu position="bottom-end" width={230}>
        <Menu.Target>
          <IconButton label="More about the price list" size={32}>
            <IconDots size={18} stroke={1.8} />
          </IconButton>
        </Menu.Target>
        <Menu.Dropdown>
          {mayChange && (
            <Menu.Item
              leftSection={<IconFileImport size={16} stroke={1.8} />}
              disabled={!online || pick.isPending}
              onClick={() => pick.mutate()}
            >
              Import from Excel or CSV
            </Menu.Item>
          )}
          <Menu.Item
            leftSection={<IconDownload size={16} stroke={1.8} />}
            disabled={!online || !hasItems || file.isPending}
            onClick={() => file.mutate()}
          >
            Export items as CSV
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {opened && <ImportDialog {...opened} currency={currency} onClose={() => setOpened(null)} />}
    </div>
  );
}

import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconBookmarkPlus } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { type LineView, setCells } from '@tidemark/documents/estimate';
import { ApiError } from '../../api/http.ts';
import { createItem, type ItemFields, lookupItems } from '../../api/price-list.ts';
import { saveItem } from '../../price-list/save-item.ts';
import { sayTrouble, useMayChangePrices, usePricesChanged } from '../../price-list/use-price-list.ts';
import { useOnline } from '../../shell/online.ts';
import { useEstimate, useMayPrice, useSelection, useView } from '../context.ts';

/** Puts the line that is chosen into the company's price list, or the price of one that came from there. */
export function SaveLine() {
  const { editor, reader } = useEstimate();
  const mayChange = useMayChangePrices();
  const mayPrice = useMayPrice();
  const online = useOnline();
  const chosen = useSelection()?.focus.line ?? null;
  const line = useView((view) => (chosen === null ? null : (view.lines.get(chosen) ?? null)));
  const changed = usePricesChanged();
  const save = useMutation({
    mutationFn: async (from: LineView) => {
      const { meta, groups } = reader.view();
      const known = from.item === null ? undefined : (await lookupItems([from.item])).get(from.item);
      const category = groups.find(({ id }) => id === from.group)?.name.slice(0, 200) ?? '';
      if (known === undefined) return createItem(itemOf(from, meta.currency, category));
      if (known.archivedAt !== null)
        throw new ApiError('archived', 409, 'Its item is archived in the price list.');
      const saved = await saveItem(known, {
        ...known,
        unitCost: from.unitCost,
        currency: meta.currency,
      });
      if ('item' in saved) return saved.item;
      throw new ApiError(
        'changed-meanwhile',
        409,
        'Somebody changed its price in the list meanwhile; look again.',
      );
    },
    onSuccess: async (item, from) => {
      // The line knows its item from now on; it is no change of the estimate's price.
      if (from.item !== item.id)
        setCells(editor, [{ id: from.id, column: 'item', value: item.id }], 'Tie line to price list');
      notifications.show({ message: `“${item.name}” is in the price list.` });
      await changed();
    },
    onError: sayTrouble,
  });
  if (!mayChange || !mayPrice) return null;
  return (
    <Button
      size="compact-sm"
      variant="default"
      leftSection={<IconBookmarkPlus size={14} stroke={1.8} />}
      disabled={!online || line === null || line.name.trim() === ''}
      loading={save.isPending}
      onClick={() => line && save.mutate(line)}
    >
      {line?.item ? 'Save price to list' : 'Save line to list'}
    </Button>
  );
}

function itemOf(line: LineView, currency: string, category: string): ItemFields {
  const { code, name, unit, unitCost, kind, wasteBp } = line;
  return { code, name, unit, unitCost, kind, wasteBp, currency, category, note: '' };
}

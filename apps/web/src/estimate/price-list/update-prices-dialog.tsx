import { Button, Checkbox, Skeleton } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQuery } from '@tanstack/react-query';
import { setCells } from '@tidemark/documents/estimate';
import { calculate, formatPrice } from '@tidemark/estimating';
import { DialogFoot, ScrollTable } from '@tidemark/ui';
import { useMemo, useState } from 'react';
import { wordsOf } from '../../api/http.ts';
import { lookupItems, priceListKey } from '../../api/price-list.ts';
import { PanelDialog } from '../../editor/panel-dialog.tsx';
import { shareText } from '../../price-list/field-text.ts';
import { countOf } from '../../shell/sizes.ts';
import { useEstimate, useView } from '../context.ts';
import { useFormat } from '../format.ts';
import css from './dialogs.module.css';
import { type Differences, differencesOf, itemsIn, withUnitCosts } from './price-differences.ts';

/** The estimate's unit costs beside the price list as it is now; what is ticked is taken over as one step. */
export function UpdatePricesDialog({ onClose }: { onClose: () => void }) {
  const { editor } = useEstimate();
  const view = useView((whole) => whole);
  const format = useFormat();
  const [ids] = useState(() => itemsIn(view));
  const items = useQuery({
    queryKey: [...priceListKey, 'lookup', ids],
    queryFn: () => lookupItems(ids),
    enabled: ids.length > 0,
    refetchOnMount: 'always',
    staleTime: 0,
  });
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const found = useMemo(
    () => (items.data === undefined ? null : differencesOf(view, items.data)),
    [view, items.data],
  );
  const ticked = (found?.changed ?? []).filter(({ line }) => !left.has(line.id));
  const bid = calculate(view).bid;
  const after = calculate(
    withUnitCosts(view, new Map(ticked.map(({ line, item }) => [line.id, item.unitCost]))),
  ).bid;
  const toggle = (id: string) => {
    const next = new Set(left);
    if (!next.delete(id)) next.add(id);
    setLeft(next);
  };
  const apply = () => {
    const done = setCells(
      editor,
      ticked.map(({ line, item }) => ({ id: line.id, column: 'unitCost' as const, value: item.unitCost })),
      'Update prices',
    );
    if (done) notifications.show({ message: `${countOf(ticked.length, 'price')} updated.` });
    onClose();
  };
  return (
    <PanelDialog title="Update prices" size={720} onClose={onClose}>
      {ids.length === 0 && (
        <p className={css.words}>
          No line of this estimate came from the price list. Insert some from it, or save a line to it, and
          their prices can be brought up to date here.
        </p>
      )}
      {ids.length > 0 && items.isPending && <Skeleton height={90} />}
      {items.isError && (
        <p className={css.warn} role="alert">
          {wordsOf(items.error)}
        </p>
      )}
      {found && (
        <>
          {found.changed.length === 0 ? (
            <p className={css.words}>
              {found.same > 0
                ? `${countOf(found.same, 'line is', 'lines are')} priced as in the list.`
                : 'There is nothing to update.'}
            </p>
          ) : (
            <ScrollTable label="Prices that differ">
              <thead>
                <tr>
                  <th scope="col">
                    <Checkbox
                      aria-label="All of them"
                      checked={ticked.length === found.changed.length}
                      indeterminate={ticked.length > 0 && ticked.length < found.changed.length}
                      onChange={(event) =>
                        setLeft(
                          new Set(
                            event.currentTarget.checked ? [] : found.changed.map(({ line }) => line.id),
                          ),
                        )
                      }
                    />
                  </th>
                  <th scope="col">Line</th>
                  <th scope="col" data-number data-wide>
                    Here
                  </th>
                  <th scope="col" data-number>
                    In the list
                  </th>
                  <th scope="col" data-number>
                    Amount
                  </th>
                </tr>
              </thead>
              <tbody>
                {found.changed.map(({ line, item, change }) => (
                  <tr key={line.id}>
                    <td>
                      <Checkbox
                        aria-label={line.name || item.name}
                        checked={!left.has(line.id)}
                        onChange={() => toggle(line.id)}
                      />
                    </td>
                    <th scope="row">
                      {line.name || item.name}
                      {line.name !== '' && line.name !== item.name && (
                        <span data-sub>from “{item.name}”</span>
                      )}
                    </th>
                    <td data-number data-wide>
                      {formatPrice(line.unitCost, item.currency)}
                    </td>
                    <td data-number>
                      {formatPrice(item.unitCost, item.currency)}
                      <span data-narrow>was {formatPrice(line.unitCost, item.currency)}</span>
                      <span data-sub>{shareText(line.unitCost, item.unitCost)}</span>
                    </td>
                    <td data-number className={change > 0 ? css.up : undefined}>
                      {signed(change, format.amount)}
                      {line.optional && <span data-sub>optional</span>}
                    </td>
                  </tr>
                ))}
              </tbody>
            </ScrollTable>
          )}
          <Rest found={found} />
        </>
      )}
      <DialogFoot
        words={
          ticked.length > 0 && (
            <>
              The bid goes from {format.money(bid)} to <b>{format.money(after)}</b> (
              {signed(after - bid, format.amount)})
            </>
          )
        }
      >
        <Button variant="default" onClick={onClose} data-autofocus>
          {found && found.changed.length > 0 ? 'Cancel' : 'Close'}
        </Button>
        {found && found.changed.length > 0 && (
          <Button disabled={ticked.length === 0} onClick={apply}>
            Update {countOf(ticked.length, 'price')}
          </Button>
        )}
      </DialogFoot>
    </PanelDialog>
  );
}

/** Lines that came from the list and cannot be priced by it. */
function Rest({ found: { changed, same, gone, foreign } }: { found: Differences }) {
  const names = (lines: readonly { name: string }[]) => {
    const all = [...new Set(lines.map(({ name }) => name || 'a line without a name'))];
    return `${all.slice(0, 6).join(', ')}${all.length > 6 ? ` and ${all.length - 6} more` : ''}`;
  };
  return (
    <>
      {changed.length > 0 && same > 0 && (
        <p className={css.words}>
          {countOf(same, 'other line is', 'other lines are')} priced as in the list.
        </p>
      )}
      {gone.length > 0 && <p className={css.warn}>No longer in the list: {names(gone)}.</p>}
      {foreign.length > 0 && (
        <p className={css.warn}>
          Priced in another currency: {names(foreign.map(({ line }) => line))}. They stay as they are.
        </p>
      )}
    </>
  );
}

function signed(amount: number, format: (amount: number) => string): string {
  return amount > 0 ? `+${format(amount)}` : amount < 0 ? `−${format(-amount)}` : format(0);
}

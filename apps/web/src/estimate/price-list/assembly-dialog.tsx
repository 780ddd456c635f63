import { Button, TextInput } from '@mantine/core';
import { formatPrice, formatRate, parseQuantity } from '@tidemark/estimating';
import { DialogFoot, ScrollTable } from '@tidemark/ui';
import { useState } from 'react';
import type { Assembly } from '../../api/price-list.ts';
import { PanelDialog } from '../../editor/panel-dialog.tsx';
import { useView } from '../context.ts';
import { useFormat } from '../format.ts';
import { typedIn } from '../languages.ts';
import css from './dialogs.module.css';
import { type AssemblyLine, linesOfAssembly } from './lines.ts';

interface Props {
  assembly: Assembly;
  where: string;
  onInsert: (lines: readonly AssemblyLine[]) => void;
  onClose: () => void;
}

/** How much of an assembly: the lines and amounts that it comes to, before they are inserted. */
export function AssemblyDialog({ assembly, where, onInsert, onClose }: Props) {
  const currency = useView((view) => view.meta.currency);
  const format = useFormat();
  const [text, setText] = useState('');
  const read = parseQuantity(text, typedIn);
  const problem = problemOf(text, read);
  const quantity = 'value' in read && problem === null ? read.value : null;
  const lines = quantity === null ? null : linesOfAssembly(assembly, quantity, currency);
  const tooMuch = quantity !== null && lines === null;
  const total = (lines ?? []).reduce((sum, { amount }) => sum + (amount ?? 0), 0);
  const missing = assembly.components.filter(({ item, line }) => item === null && line === null).length;
  return (
    <PanelDialog title={assembly.name} size={640} onClose={onClose}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (lines === null || lines.length === 0) return;
          onInsert(lines);
          onClose();
        }}
      >
        {assembly.description !== '' && <p className={css.words}>{assembly.description}</p>}
        <TextInput
          className={css.quantity}
          label={assembly.unit ? `How many ${assembly.unit}?` : 'How many?'}
          inputMode="decimal"
          placeholder="24.5 or 35*70/100"
          value={text}
          data-autofocus
          autoComplete="off"
          error={tooMuch ? 'That is more than can be counted exactly.' : text === '' ? null : problem}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <ScrollTable label="Lines of this assembly">
          <thead>
            <tr>
              <th scope="col">Line</th>
              <th scope="col" data-number>
                Quantity
              </th>
              <th scope="col" data-number data-wide>
                Unit cost
              </th>
              <th scope="col" data-number>
                Amount
              </th>
            </tr>
          </thead>
          <tbody>
            {(lines ?? preview(assembly, currency)).map(({ component, price, qty, wasteBp, amount }) => (
              <tr key={component.id}>
                <th scope="row">
                  {price.name}
                  <span data-sub>{noteOf(component, wasteBp)}</span>
                </th>
                <td data-number>{lines === null ? '–' : `${format.quantity(qty)} ${price.unit}`}</td>
                <td data-number data-wide>
                  {formatPrice(price.unitCost, price.currency)}
                </td>
                <td data-number>
                  {lines === null ? '–' : amount === null ? `in ${price.currency}` : format.amount(amount)}
                </td>
              </tr>
            ))}
          </tbody>
        </ScrollTable>
        {missing > 0 && (
          <p className={css.warn}>
            {missing} of its parts are not in the price list any more and are left out.
          </p>
        )}
        <DialogFoot
          words={
            lines === null ? `Goes ${where}.` : `${format.money(total)} before overhead and profit, ${where}`
          }
        >
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" disabled={lines === null || lines.length === 0}>
            Insert
          </Button>
        </DialogFoot>
      </form>
    </PanelDialog>
  );
}

function problemOf(text: string, read: ReturnType<typeof parseQuantity>): string | null {
  if (text.trim() === '') return 'How much of it?';
  if ('problem' in read) return read.problem;
  return read.value > 0 ? null : 'A quantity above zero.';
}

/** The lines before a quantity is said. */
const preview = (assembly: Assembly, currency: string) => linesOfAssembly(assembly, 0, currency) ?? [];

function noteOf({ wholeUnits, wasteBp }: AssemblyLine['component'], left: number): string {
  const waste = wasteBp ?? 0;
  if (wholeUnits) return waste > 0 ? `whole units, ${formatRate(waste)} waste included` : 'whole units';
  return left > 0 ? `plus ${formatRate(left)} waste` : '';
}

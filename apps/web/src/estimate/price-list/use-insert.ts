import { notifications } from '@mantine/notifications';
import { addLines, type LineInput } from '@tidemark/documents/estimate';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Assembly, PriceItem } from '../../api/price-list.ts';
import { countOf } from '../../shell/sizes.ts';
import { useDesk, useEstimate, useSelection } from '../context.ts';
import { type AssemblyLine, lineOfItem, one } from './lines.ts';
import { type Insertion, insertionAt, insertionAtRow } from './place.ts';

export interface Insert {
  /** Where the next goes, in words. */
  readonly where: string;
  /** What was inserted last, for who listens. */
  readonly said: string;
  /** `row`: the key of the grid's row that it was dropped on. */
  item(item: PriceItem, row?: string | null): void;
  assembly(assembly: Assembly, lines: readonly AssemblyLine[], row?: string | null): void;
}

/** Puts lines of the price list where the grid's selection is; each insertion is one undo step. */
export function useInsert(): Insert {
  const { editor, reader } = useEstimate();
  const { reveal } = useDesk();
  const chosen = useSelection()?.focus.line ?? null;
  const before = useRef<string | null>(null);
  const [said, say] = useState('');
  useEffect(() => {
    if (chosen !== null) before.current = chosen;
  }, [chosen]);
  // What was taken back is not there any more.
  useEffect(
    () =>
      editor.onCommand(({ type }) => {
        if (type !== 'command') say('');
      }),
    [editor],
  );

  const insert = useCallback(
    (lines: readonly LineInput[], label: string, row: string | null) => {
      const view = reader.view();
      const at: Insertion =
        (row === null ? null : insertionAtRow(view, row)) ?? insertionAt(view, chosen, before.current);
      const ids = addLines(editor, at.place, lines, label);
      const first = ids?.[0];
      // Below the last one, so that several come in the order they are chosen.
      const last = ids?.at(-1);
      if (first === undefined || last === undefined) return null;
      before.current = last;
      reveal({ kind: 'line', id: last });
      return at;
    },
    [editor, reader, reveal, chosen],
  );

  return {
    where: insertionAt(reader.view(), chosen, before.current).words,
    said,
    item(item, row = null) {
      const { currency } = reader.view().meta;
      const at = insert([lineOfItem(item, one, currency)], `Insert ${item.name}`, row);
      if (at === null) return;
      say(`“${item.name}” is ${at.words}.`);
      if (item.currency !== currency) sayForeign([item.name], item.currency, currency);
    },
    assembly(assembly, lines, row = null) {
      const { currency } = reader.view().meta;
      const at = insert(
        lines.map(({ input }) => input),
        `Insert ${assembly.name}`,
        row,
      );
      if (at === null) return;
      say(`${countOf(lines.length, 'line')} of “${assembly.name}” are ${at.words}.`);
      const foreign = lines.filter(({ amount }) => amount === null);
      const [first] = foreign;
      if (first)
        sayForeign(
          foreign.map(({ price }) => price.name),
          first.price.currency,
          currency,
        );
    },
  };
}

function sayForeign(names: readonly string[], theirs: string, ours: string): void {
  notifications.show({
    color: 'yellow',
    message: `${names.join(', ')}: priced in ${theirs}, the estimate is in ${ours}. The unit cost was left at nothing.`,
  });
}

import { Button } from '@mantine/core';
import type { PriceItem } from '../api/price-list.ts';
import { fieldText } from './field-text.ts';
import { type Clash, wordOfField } from './item-draft.ts';
import css from './item-panel.module.css';

interface Props {
  theirs: PriceItem;
  clashes: readonly Clash[];
  onMine: () => void;
  onTheirs: () => void;
}

/** Two people have changed the same field: both values, and which one is to stand. */
export function ClashNotice({ theirs, clashes, onMine, onTheirs }: Props) {
  return (
    <section className={css.clash} role="alert" aria-label="Changed by somebody else meanwhile">
      <p>{theirs.updatedBy?.name ?? 'Somebody'} has changed this meanwhile. Nothing is overwritten yet.</p>
      <table>
        <thead>
          <tr>
            <th scope="col">
              <span className={css.unseen}>Field</span>
            </th>
            <th scope="col">Theirs</th>
            <th scope="col">Yours</th>
          </tr>
        </thead>
        <tbody>
          {clashes.map(({ field, theirs: now, mine }) => (
            <tr key={field}>
              <th scope="row">{wordOfField(field)}</th>
              <td>{fieldText(field, now, theirs.currency)}</td>
              <td>{fieldText(field, mine, theirs.currency)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className={css.actions}>
        <Button size="compact-sm" onClick={onMine}>
          Keep mine
        </Button>
        <Button size="compact-sm" variant="default" onClick={onTheirs}>
          Take theirs
        </Button>
      </div>
    </section>
  );
}

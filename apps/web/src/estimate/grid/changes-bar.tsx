import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { estimate } from '@tidemark/documents/estimate';
import { calculate, formatMoney } from '@tidemark/estimating';
import { IconButton, usePhone } from '@tidemark/ui';
import { useEffect, useLayoutEffect, useMemo } from 'react';
import type { Comparison } from '../../history/compare/comparison.ts';
import { changeTypes } from '../../history/compare/rows.ts';
import { typeWords } from '../../history/compare/type-words.tsx';
import type { Marks } from '../../history/marks.ts';
import { moneyStep } from '../versions/version-words.ts';
import { stepToChange } from './change-steps.ts';
import { gridChanges } from './changes.ts';
import css from './changes-bar.module.css';
import { useGrid } from './context.ts';

interface Props {
  marks: Marks;
  comparison: Pick<Comparison, 'before' | 'after' | 'changes'>;
}

/** What a comparison says of the estimate as a whole, and the way from change to change; puts the marks into the grid. */
export function ChangesBar({ marks, comparison }: Props) {
  const grid = useGrid();
  const phone = usePhone();
  const { before, after, changes } = comparison;
  const [old, now] = useMemo(() => [momentOf(before.state), momentOf(after.state)] as const, [before, after]);
  const shown = useMemo(() => gridChanges(marks, old, now), [marks, old, now]);
  useLayoutEffect(() => {
    grid.store.set({ changes: shown });
    return () => grid.store.set({ changes: null });
  }, [grid, shown]);
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      const { altKey, ctrlKey, metaKey, shiftKey } = event;
      if (by === undefined || !altKey || ctrlKey || metaKey || shiftKey) return;
      event.preventDefault();
      event.stopPropagation();
      stepToChange(grid, by > 0 ? 1 : -1);
    };
    // Before the cell that has the focus: there the same keys would open it.
    window.addEventListener('keydown', press, true);
    return () => window.removeEventListener('keydown', press, true);
  }, [grid]);
  const [was, is] = [old.estimation.bid, now.estimation.bid];
  const [then, today] = [old.view.meta.currency, now.view.meta.currency];
  const rest = changes.filter(({ thing }) => thing.collection !== 'lines' && thing.collection !== 'groups');
  const inRows = changes.length - rest.length;
  return (
    <section className={css.bar} aria-label="What changed">
      <p className={css.bid}>
        Bid{' '}
        {was === is && then === today ? (
          <>
            <strong>{formatMoney(is, today)}</strong>, as before
          </>
        ) : (
          <>
            <del>{formatMoney(was, then)}</del> <span aria-hidden>→</span>{' '}
            <strong>{formatMoney(is, today)}</strong>{' '}
            {then === today && <span className={css.step}>{moneyStep(is - was, today).text}</span>}
          </>
        )}
      </p>
      <ul className={css.types}>
        {changeTypes.flatMap((type) => {
          const count = changes.filter(({ types }) => types.includes(type)).length;
          const { word, Icon } = typeWords[type];
          return count === 0
            ? []
            : [
                <li key={type} data-type={type}>
                  <Icon size={13} stroke={2.2} aria-hidden />
                  {count} {word.toLowerCase()}
                </li>,
              ];
        })}
        {changes.length === 0 && <li>Nothing differs</li>}
      </ul>
      {rest.length > 0 && (
        <p className={css.rest} title={restWords(rest)}>
          Besides lines: {restWords(rest)}
        </p>
      )}
      {inRows > 0 && (
        <span className={css.steps}>
          <IconButton
            size={phone ? 44 : 32}
            label="Previous change"
            hint="Previous change, Alt+↑"
            onClick={() => stepToChange(grid, -1)}
          >
            <IconArrowUp size={17} stroke={1.7} />
          </IconButton>
          <IconButton
            size={phone ? 44 : 32}
            label="Next change"
            hint="Next change, Alt+↓"
            onClick={() => stepToChange(grid, 1)}
          >
            <IconArrowDown size={17} stroke={1.7} />
          </IconButton>
        </span>
      )}
    </section>
  );
}

function momentOf(state: Comparison['before']['state']) {
  const view = estimate.view(state, [], null);
  return { view, estimation: calculate(view) };
}

function restWords(rest: Comparison['changes']): string {
  return rest.map(({ name, what }) => name || what).join(', ');
}

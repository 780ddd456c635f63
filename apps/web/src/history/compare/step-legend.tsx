import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import type { Change } from '@tidemark/documents';
import { IconButton, usePhone } from '@tidemark/ui';
import { useEffect } from 'react';
import css from './compare.module.css';
import { TypeCounts } from './type-counts.tsx';
import { typesText } from './type-words.tsx';

interface Props {
  changes: readonly Change[];
  /** The one that is looked at. */
  chosen: Change | undefined;
  onChoose: (change: Change) => void;
}

/** How much a step of the timeline changed, and the way from one change to the next: what is out of sight is found by it. */
export function StepLegend({ changes, chosen, onChoose }: Props) {
  const phone = usePhone();
  const at = chosen === undefined ? -1 : changes.indexOf(chosen);
  const step = (by: 1 | -1) => {
    const from = at < 0 && by < 0 ? 0 : at;
    const next = changes[(from + by + changes.length) % changes.length];
    if (next !== undefined) onChoose(next);
  };
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      const { altKey, ctrlKey, metaKey, shiftKey } = event;
      if (by === undefined || !altKey || ctrlKey || metaKey || shiftKey) return;
      event.preventDefault();
      event.stopPropagation();
      step(by > 0 ? 1 : -1);
    };
    // Before the timeline that has the focus: there the arrows lead to other moments.
    window.addEventListener('keydown', press, true);
    return () => window.removeEventListener('keydown', press, true);
  });
  const size = phone ? 44 : 28;
  return (
    <section className={css.legend} data-steps aria-label="What changed">
      <div className={css.told}>
        <TypeCounts changes={changes} counted />
        <p className={css.named} role="status">
          {chosen && (
            <>
              <strong>{chosen.name || chosen.what}</strong> {typesText(chosen.types).toLowerCase()}
              {changes.length > 1 && `, ${at + 1} of ${changes.length}`}
            </>
          )}
        </p>
      </div>
      <IconButton size={size} label="Previous change" hint="Previous change, Alt+↑" onClick={() => step(-1)}>
        <IconArrowUp size={16} stroke={1.7} />
      </IconButton>
      <IconButton size={size} label="Next change" hint="Next change, Alt+↓" onClick={() => step(1)}>
        <IconArrowDown size={16} stroke={1.7} />
      </IconButton>
    </section>
  );
}

import { Checkbox } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { type KeyboardEvent, memo, useRef, useState } from 'react';
import type { Recovered, RecoveryStanding } from '../../api/recovery.ts';
import { KindIcon } from '../../shell/kind-icon.tsx';
import css from './recovery.module.css';
import { type Choice, titleOf } from './use-choice.ts';
import { acts, type LineWords, outcomeWords } from './words.ts';

interface ChoosingProps {
  choice: Choice;
  planOf: (item: RecoveryStanding) => LineWords;
  nearest: boolean;
}

/** Documents of a space, each with what would happen to it, and a box where something would. One stop of Tab; arrows go from box to box. */
export function ChoosingList({ choice, planOf, nearest }: ChoosingProps) {
  const list = useRef<HTMLUListElement>(null);
  const [current, setCurrent] = useState('');
  const able = choice.shown.filter((item) => acts(item, nearest));
  const stop = able.some(({ document: { id } }) => id === current) ? current : able[0]?.document.id;

  const walk = (event: KeyboardEvent) => {
    const boxes = [...(list.current?.querySelectorAll('input') ?? [])];
    const at = boxes.indexOf(event.target as HTMLInputElement);
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: boxes.length - 1 }[event.key];
    // Enter would begin the recovery.
    if (next === undefined && event.key !== 'Enter') return;
    event.preventDefault();
    if (next !== undefined) boxes[next]?.focus();
  };

  return (
    <section
      className={css.scroller}
      aria-label="What happens to each document"
      // Without boxes what scrolls is scrolled by keys too.
      tabIndex={able.length === 0 ? 0 : undefined}
    >
      <ul className={css.list} ref={list} onKeyDown={walk}>
        {choice.shown.map((item) => {
          const { id } = item.document;
          const may = acts(item, nearest);
          const chosen = may && choice.isChosen(id);
          return (
            <ChoosingRow
              key={id}
              item={item}
              {...planOf(item)}
              chosen={may ? chosen : null}
              isStop={id === stop}
              onToggle={choice.toggle}
              onFocus={setCurrent}
            />
          );
        })}
      </ul>
    </section>
  );
}

interface ChoosingRowProps extends LineWords {
  item: RecoveryStanding;
  /** Null: there is nothing to choose. */
  chosen: boolean | null;
  isStop: boolean;
  onToggle: (id: string) => void;
  onFocus: (id: string) => void;
}

const ChoosingRow = memo(function ChoosingRow(props: ChoosingRowProps) {
  const { item, tone, text, reason, chosen, isStop, onToggle, onFocus } = props;
  const { id, kind } = item.document;
  return (
    <li className={css.row} data-tone={chosen === false ? 'stays' : tone} data-choosing>
      {chosen === null ? (
        <span />
      ) : (
        <Checkbox
          aria-label={titleOf(item)}
          size="xs"
          checked={chosen}
          tabIndex={isStop ? 0 : -1}
          onChange={() => onToggle(id)}
          onFocus={() => onFocus(id)}
        />
      )}
      <KindIcon kind={kind} size={17} />
      <span className={css.title}>{titleOf(item)}</span>
      <span className={css.what}>
        <span className={css.happens}>{chosen === false ? 'Stays as it is' : text}</span>
        {reason && <span className={css.reason}>{reason}</span>}
      </span>
    </li>
  );
});

interface ReportListProps {
  items: readonly RecoveryStanding[];
  planOf: (item: RecoveryStanding) => LineWords;
  done: ReadonlyMap<string, Recovered>;
}

/** Documents of a space, each with what happened to it, or will. */
export function ReportList({ items, planOf, done }: ReportListProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is scrolled by keys too
    <section className={css.scroller} aria-label="What happens to each document" tabIndex={0}>
      <ul className={css.list}>
        {items.map((item) => {
          const outcome = done.get(item.document.id);
          return (
            <ReportRow
              key={item.document.id}
              item={item}
              {...(outcome ? outcomeWords(outcome) : planOf(item))}
              outcome={outcome}
            />
          );
        })}
      </ul>
    </section>
  );
}

interface ReportRowProps extends LineWords {
  item: RecoveryStanding;
  outcome: Recovered | undefined;
}

const ReportRow = memo(function ReportRow({ item, tone, text, reason, outcome }: ReportRowProps) {
  const link = outcome && linkOf(outcome);
  return (
    <li className={css.row} data-tone={tone} data-waits={!outcome || undefined}>
      <KindIcon kind={item.document.kind} size={17} />
      <span className={css.title}>
        {link ? (
          <Link to="/d/$documentId" params={{ documentId: link.id }}>
            {link.title || titleOf(item)}
          </Link>
        ) : (
          titleOf(item)
        )}
      </span>
      <span className={css.what}>
        <span className={css.happens}>{text}</span>
        {reason && <span className={css.reason}>{reason}</span>}
      </span>
    </li>
  );
});

/** Where one can look at what came of it. */
function linkOf({ id, outcome, copy }: Recovered): { id: string; title: string } | null {
  if (copy) return copy;
  return outcome === 'restored' ? { id, title: '' } : null;
}

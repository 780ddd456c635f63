import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { formatMoney } from '@tidemark/estimating';
import { wordsOf } from '../api/http.ts';
import { casesQuery, type PastFilter, type PastRiskCase } from '../api/patterns.ts';
import { timeAgo } from '../shell/time.ts';
import css from './cases-list.module.css';
import { percent } from './past-words.ts';

const outcomes = { struck: 'Struck', avoided: 'Avoided', open: 'Not decided' } as const;

interface Props {
  filter: PastFilter & { decided?: true };
  label: string;
  /** Few of them, in little room. */
  narrow?: boolean;
}

/** The risks behind a number, each with its project. */
export function CasesList({ filter, label, narrow }: Props) {
  const pages = useInfiniteQuery(casesQuery(filter, narrow ? 5 : 10));
  const cases = pages.data?.pages.flatMap((page) => page.items) ?? [];
  if (pages.isPending) return <p className={css.said}>Loading…</p>;
  if (pages.isError && cases.length === 0) return <p className={css.said}>{wordsOf(pages.error)}</p>;
  return (
    <>
      <ul className={css.list} aria-label={label} data-narrow={narrow || undefined}>
        {cases.map((one) => (
          <Case key={`${one.documentId} ${one.id}`} {...one} />
        ))}
      </ul>
      {pages.hasNextPage && (
        <Button
          size="compact-sm"
          variant="subtle"
          loading={pages.isFetchingNextPage}
          onClick={() => void pages.fetchNextPage()}
        >
          Show more
        </Button>
      )}
    </>
  );
}

function Case({ documentId, title, decidedAt, name, currency, outcome, ...risk }: PastRiskCase) {
  const { probBp, low, high, applied, actualImpact } = risk;
  return (
    <li className={css.case}>
      <span className={css.outcome} data-outcome={outcome}>
        {outcomes[outcome]}
      </span>
      <span className={css.what}>
        <Link to="/d/$documentId" params={{ documentId }} className={css.project}>
          {title}
        </Link>
        <span className={css.risk}>{[name, timeAgo(decidedAt)].filter(Boolean).join(' · ')}</span>
      </span>
      <span className={css.numbers}>
        {outcome === 'struck' && actualImpact !== null && (
          <span className={css.actual}>{formatMoney(actualImpact, currency)}</span>
        )}
        <span>
          {percent(probBp)} of {formatMoney(low, currency)}–{formatMoney(high, currency)}
          {applied ? ', mitigated' : ''}
        </span>
      </span>
    </li>
  );
}

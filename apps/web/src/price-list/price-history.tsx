import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { formatPrice } from '@tidemark/estimating';
import { wordsOf } from '../api/http.ts';
import { changesQuery, type PriceItem } from '../api/price-list.ts';
import { timeAgo, timeInFull } from '../shell/time.ts';
import { shareText } from './field-text.ts';
import css from './item-panel.module.css';

/** The prices that an item has had, the newest first. */
export function PriceHistory({ item }: { item: PriceItem }) {
  const changes = useQuery(changesQuery(item));
  return (
    <section className={css.history} aria-labelledby="price-history">
      <h3 id="price-history">Prices so far</h3>
      {changes.isPending && <Skeleton height={34} />}
      {changes.isError && <p className={css.by}>{wordsOf(changes.error)}</p>}
      <ol>
        {(changes.data ?? []).map(({ id, from, to, at, by }) => {
          const share = from?.currency === to.currency ? shareText(from.unitCost, to.unitCost) : null;
          return (
            <li key={id}>
              <span className={css.cost}>
                {formatPrice(to.unitCost, to.currency)}
                {share !== null && (
                  <span className={css.share} data-up={to.unitCost > (from?.unitCost ?? 0) || undefined}>
                    {share}
                  </span>
                )}
              </span>
              <span className={css.when}>
                <time dateTime={at} title={timeInFull(at)}>
                  {timeAgo(at)}
                </time>
                {by && ` · ${by.name}`}
              </span>
            </li>
          );
        })}
      </ol>
    </section>
  );
}

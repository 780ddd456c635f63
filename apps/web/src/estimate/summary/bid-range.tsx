import type { Estimation } from '@tidemark/estimating';
import { useFormat } from '../format.ts';
import css from './bid-range.module.css';

/** What the bid would be if all risks went well, and if all went badly. As high without risks as with them: nothing jumps. */
export function BidRange({ estimation: { low, bid, high } }: { estimation: Estimation }) {
  const format = useFormat();
  const width = high.bid - low.bid;
  if (width <= 0) {
    return (
      <div className={css.range}>
        <div className={css.track} aria-hidden />
        <p className={css.none}>No risk makes it higher or lower.</p>
      </div>
    );
  }
  const at = Math.min(1, Math.max(0, (bid - low.bid) / width));
  return (
    <div className={css.range}>
      <div className={css.track} data-filled aria-hidden>
        <span className={css.mark} style={{ left: `${at * 100}%` }} />
      </div>
      <dl className={css.ends}>
        <div>
          <dt>Low</dt>
          <dd>{format.money(low.bid)}</dd>
        </div>
        <div>
          <dt>High</dt>
          <dd>{format.money(high.bid)}</dd>
        </div>
      </dl>
    </div>
  );
}

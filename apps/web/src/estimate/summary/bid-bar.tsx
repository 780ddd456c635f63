import { IconChevronUp } from '@tabler/icons-react';
import { useDesk, useEstimation } from '../context.ts';
import { useFormat } from '../format.ts';
import css from './bid-words.module.css';

/** The bid at the foot of a phone; a touch opens the summary over it. */
export function BidBar() {
  const { open } = useDesk();
  const { bid, marginBp } = useEstimation();
  const format = useFormat();
  return (
    <button type="button" className={css.foot} onClick={() => open('summary')}>
      <span className={css.footLabel}>Bid</span>
      <span className={css.footBid}>{format.money(bid)}</span>
      <span className={css.footMargin}>{marginBp === null ? '' : `${format.rate(marginBp)} margin`}</span>
      <IconChevronUp size={18} stroke={1.8} aria-hidden />
    </button>
  );
}

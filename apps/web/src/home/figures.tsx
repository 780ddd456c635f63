import { formatMoney } from '@tidemark/estimating';
import type { EstimateFigures } from '../api/types.ts';
import css from './figures.module.css';

const names: Readonly<Record<EstimateFigures['status'], string>> = {
  draft: 'Draft',
  submitted: 'Submitted',
  won: 'Won',
  lost: 'Lost',
};

/** For whom an estimate is, where it stands and what it bids, in its line of the list. */
export function Figures({ figures: { status, client, bid, currency } }: { figures: EstimateFigures }) {
  return (
    <span className={css.figures}>
      <span className={css.status} data-status={status}>
        {names[status]}
      </span>
      <span className={css.client} title={client}>
        {client}
      </span>
      <span className={css.bid}>{bid ? formatMoney(bid, currency) : ''}</span>
    </span>
  );
}

/** What stands above them. */
export function FiguresHead() {
  return (
    <span className={css.figures} data-head>
      <span>Status</span>
      <span className={css.client}>Client</span>
      <span className={css.bid}>Bid</span>
    </span>
  );
}

import { useDesk, useEstimation } from '../context.ts';
import { useFormat } from '../format.ts';
import css from './bid-words.module.css';

/** The bid beside the tabs while the summary is closed. */
export function BidGlance() {
  const { panel, open } = useDesk();
  const { bid } = useEstimation();
  const format = useFormat();
  if (panel === 'summary') return null;
  return (
    <button type="button" className={css.glance} title="Show the summary" onClick={() => open('summary')}>
      <span className={css.glanceLabel}>Bid</span> {format.money(bid)}
    </button>
  );
}

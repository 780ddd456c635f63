import { SegmentedControl } from '@mantine/core';
import { type MarginMode, setParam } from '@tidemark/documents/estimate';
import { memo, type ReactNode } from 'react';
import { useEditor } from '../../editor/context.ts';
import { useEstimation, useMayPrice, useView } from '../context.ts';
import { useFormat } from '../format.ts';
import { BidRange } from './bid-range.tsx';
import { CostKinds } from './cost-kinds.tsx';
import { Counts } from './counts.tsx';
import { Problems } from './problems.tsx';
import { RateCell } from './rate-cell.tsx';
import css from './summary.module.css';

/** What the estimate comes to, from the base to what the client pays. All of it is of one reckoning. */
export function SummaryPanel() {
  const estimation = useEstimation();
  const format = useFormat();
  const mayPrice = useMayPrice();
  const { taxBp } = useView((view) => view.params);
  const { bid, tax, total } = estimation;
  // Where nothing in it can be changed, the keyboard still has to get at what is further down.
  const reading = mayPrice ? {} : { role: 'group', 'aria-label': 'Figures', tabIndex: 0 };
  return (
    <div className={css.panel} {...reading}>
      <section aria-label="Bid">
        <div className={css.bidLabel}>Bid</div>
        <div className={css.bid} data-size={sizeOf(format.money(bid))} data-testid="bid">
          {format.money(bid)}
        </div>
        <BidRange estimation={estimation} />
      </section>
      <section className={css.part} aria-label="From base to bid">
        <dl className={css.rows}>
          <Row label="Base cost" money={estimation.base} />
          <Row
            label="Contingency"
            rate={<RateCell name="contingencyBp" label="Contingency" />}
            money={estimation.contingency}
          />
          <Row
            label="Overhead"
            rate={<RateCell name="overheadBp" label="Overhead" />}
            money={estimation.overhead}
          />
          <Row label="Risk, expected" money={estimation.riskExpected} />
          <Row label="Cost" money={estimation.cost} strong />
          <Profit />
          <Row label="Bid" money={bid} strong />
          <Row label="Tax" rate={<RateCell name="taxBp" label="Tax" />} money={tax} />
          <Row label={taxBp === 0 ? 'Total' : 'Total with tax'} money={total} strong />
        </dl>
      </section>
      <Target />
      <CostKinds estimation={estimation} />
      <Counts estimation={estimation} />
      <Problems findings={estimation.findings} />
    </div>
  );
}

/** Large figures are set smaller, in steps, so that typing does not make them tremble. */
function sizeOf(text: string): 'large' | 'medium' | 'small' {
  if (text.length <= 13) return 'large';
  return text.length <= 17 ? 'medium' : 'small';
}

interface RowProps {
  label: string;
  money: number;
  rate?: ReactNode;
  strong?: boolean;
}

function Row({ label, money, rate, strong = false }: RowProps) {
  const format = useFormat();
  return (
    <div className={css.row} data-strong={strong || undefined}>
      <dt>{label}</dt>
      <dd className={css.rate}>{rate}</dd>
      <dd className={css.money}>{format.money(money)}</dd>
    </div>
  );
}

/** What is left of the bid, read both ways. */
function Profit() {
  const { margin, marginBp, markupBp } = useEstimation();
  const format = useFormat();
  return (
    <>
      <Row label="Profit" money={margin} />
      <div className={css.both}>
        <dt>Margin · markup</dt>
        <dd>
          {marginBp === null || markupBp === null
            ? '–'
            : `${format.rate(marginBp)} of bid · ${format.rate(markupBp)} of cost`}
        </dd>
      </div>
    </>
  );
}

/** How the bid comes of the cost; the other way is shown beside it. */
function Target() {
  const { marginMode, targetBp } = useView((view) => view.params);
  const { byMargin, byMarkup } = useEstimation();
  const format = useFormat();
  const other = marginMode === 'margin' ? byMarkup : byMargin;
  const otherName = marginMode === 'margin' ? 'markup' : 'margin';
  return (
    <section className={css.part} aria-label="Target">
      <div className={css.target}>
        <Mode marginMode={marginMode} />
        <RateCell name="targetBp" label={marginMode === 'margin' ? 'Target margin' : 'Target markup'} boxed />
      </div>
      <p className={css.note}>
        {format.rate(targetBp)} as {otherName} would bid{' '}
        {other === null ? 'nothing: no price has that margin' : format.money(other)}.
      </p>
    </section>
  );
}

/** Which of both the target is. Every price that is written makes another bid, and none of them another control. */
const Mode = memo(function Mode({ marginMode }: { marginMode: MarginMode }) {
  const editor = useEditor();
  const mayPrice = useMayPrice();
  return (
    <SegmentedControl
      className={css.mode}
      aria-label="Profit is reckoned as"
      value={marginMode}
      disabled={!mayPrice}
      onChange={(value) => setParam(editor, { marginMode: value as MarginMode })}
      data={[
        { value: 'margin', label: 'Margin' },
        { value: 'markup', label: 'Markup' },
      ]}
    />
  );
});

import { type Cause, type Comparison, formatMoney, type TotalField } from '@tidemark/estimating';
import { moneyStep } from '../versions/version-words.ts';
import type { Currencies } from './field-words.ts';
import css from './why.module.css';

const causes: Readonly<Record<Cause, string>> = {
  currency: 'Currency, by rounding',
  lines: 'Lines',
  contingency: 'Contingency',
  overhead: 'Overhead',
  risks: 'Risks',
  profit: 'Margin or markup',
  tax: 'Tax',
};

const totals: Readonly<Record<TotalField, string>> = {
  base: 'Base cost',
  contingency: 'Contingency',
  overhead: 'Overhead',
  riskExpected: 'Risk, expected',
  cost: 'Cost',
  margin: 'Profit',
  bid: 'Bid',
  tax: 'Tax',
  total: 'Total with tax',
};

interface Props {
  comparison: Comparison;
  currencies: Currencies;
}

/** From the one bid to the other, cause by cause, to the cent; and all totals beside each other. */
export function Why({ comparison, currencies }: Props) {
  const { explanation, estimations } = comparison;
  const steps = explanation.filter(({ bid }) => bid !== 0);
  const largest = Math.max(...steps.map(({ bid }) => Math.abs(bid)), 1);
  const [old, now] = [estimations.before.bid, estimations.after.bid];
  const step = moneyStep(now - old, currencies.after);
  return (
    <aside className={css.why} aria-label="Why the bid changed">
      <h2 className={css.whyTitle}>{old === now ? 'The bid is the same' : 'Why the bid changed'}</h2>
      <p className={css.whole} data-testid="bid-change">
        {step.way === 'same' ? formatMoney(now, currencies.after) : step.text}
      </p>
      <dl className={css.fall}>
        <div data-strong>
          <dt>Bid before</dt>
          <dd>{formatMoney(old, currencies.before)}</dd>
        </div>
        {steps.map(({ cause, bid }) => (
          <div key={cause} data-cause={cause}>
            <dt>{causes[cause]}</dt>
            <dd>
              <span
                className={css.bar}
                data-way={bid > 0 ? 'up' : 'down'}
                style={{ width: `${Math.max(3, (Math.abs(bid) / largest) * 100)}%` }}
                aria-hidden
              />
              {moneyStep(bid, currencies.after).text}
            </dd>
          </div>
        ))}
        <div data-strong>
          <dt>Bid after</dt>
          <dd>{formatMoney(now, currencies.after)}</dd>
        </div>
      </dl>
      {currencies.before !== currencies.after && (
        <p className={css.note}>
          The two are in {currencies.before} and {currencies.after}: figures are compared as they stand,
          nothing is converted.
        </p>
      )}
      {steps.length > 0 && (
        <p className={css.note}>Each cause with what follows from it: rates, margin or markup, rounding.</p>
      )}
      <Totals comparison={comparison} currencies={currencies} />
    </aside>
  );
}

function Totals({ comparison, currencies }: Props) {
  return (
    <table className={css.totals}>
      <caption>Totals</caption>
      <thead>
        <tr>
          <th scope="col">
            <span className={css.hidden}>Total</span>
          </th>
          <th scope="col">Before</th>
          <th scope="col">After</th>
          <th scope="col">Change</th>
        </tr>
      </thead>
      <tbody>
        {comparison.totals.map(({ total, before, after, delta }) => (
          <tr key={total} data-strong={total === 'bid' || undefined}>
            <th scope="row">{totals[total]}</th>
            <td>{formatMoney(before, currencies.before)}</td>
            <td>{formatMoney(after, currencies.after)}</td>
            <td>{delta === 0 ? '–' : moneyStep(delta, currencies.after).text}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

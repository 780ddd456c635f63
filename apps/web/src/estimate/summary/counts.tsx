import type { EstimateView } from '@tidemark/documents/estimate';
import type { Estimation } from '@tidemark/estimating';
import { useView } from '../context.ts';
import { useFormat } from '../format.ts';
import css from './summary.module.css';

/** How much there is of it, and what the options would add. */
export function Counts({ estimation: { options } }: { estimation: Estimation }) {
  const format = useFormat();
  const lines = useView((view) => view.lines.size);
  const sections = useView(countSections);
  const risks = useView((view) => view.risks.length);
  const added = [...options.values()].reduce((sum, price) => sum + price, 0);
  return (
    <section className={css.part} aria-label="Size">
      <p className={css.count}>
        {count(lines, 'line')} in {count(sections, 'section')}
        {risks > 0 && `, ${count(risks, 'risk')}`}
      </p>
      {options.size > 0 && (
        <p className={css.count}>
          {count(options.size, 'option')} not in the bid: {format.money(added)} more if all are taken
        </p>
      )}
    </section>
  );
}

const countSections = (view: EstimateView): number => view.groups.length;

const whole = new Intl.NumberFormat('en');
const count = (number: number, noun: string): string =>
  `${whole.format(number)} ${number === 1 ? noun : `${noun}s`}`;

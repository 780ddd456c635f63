import { type LineKind, lineKinds } from '@tidemark/documents/estimate';
import type { Estimation } from '@tidemark/estimating';
import { useFormat } from '../format.ts';
import { lineKindWords } from '../kind-words.ts';
import kinds from './cost-kinds.module.css';
import css from './summary.module.css';

/** The base by kind of cost: a bar of parts, and what they are. */
export function CostKinds({ estimation: { byKind } }: { estimation: Estimation }) {
  const format = useFormat();
  // A credit takes away; a bar can only show what is there.
  const parts = lineKinds.map((kind): [LineKind, number] => [kind, Math.max(0, byKind[kind])]);
  const all = parts.reduce((sum, [, money]) => sum + money, 0);
  const share = (money: number) => (all === 0 ? 0 : money / all);
  const shown = lineKinds.filter((kind) => byKind[kind] !== 0);
  return (
    <section className={css.part} aria-labelledby="summary-kinds">
      <h3 className={css.title} id="summary-kinds">
        Base by kind of cost
      </h3>
      <div className={kinds.bar} aria-hidden>
        {parts.map(([kind, money]) => (
          <span key={kind} className={kinds.segment} data-kind={kind} style={{ flexGrow: share(money) }} />
        ))}
      </div>
      {shown.length === 0 ? (
        <p className={css.note}>No line costs anything yet.</p>
      ) : (
        <dl className={css.rows}>
          {shown.map((kind) => (
            <div key={kind} className={css.row}>
              <dt>
                <span className={kinds.swatch} data-kind={kind} />
                {lineKindWords[kind]}
              </dt>
              <dd className={css.rate}>
                {byKind[kind] > 0 && (
                  <span className={kinds.share}>{percent.format(share(byKind[kind]))}</span>
                )}
              </dd>
              <dd className={css.money}>{format.money(byKind[kind])}</dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}

const percent = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 0 });

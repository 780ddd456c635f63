import { formatMoney } from '@tidemark/estimating';
import { memo } from 'react';
import { moneyStep } from '../versions/version-words.ts';
import type { Currencies, FieldWords } from './field-words.ts';
import css from './row-list.module.css';
import type { Fate, Row, SectionRows } from './rows.ts';
import { AboutChange } from './told-changes.tsx';

const marks: Readonly<Record<Fate, readonly [mark: string, word: string]>> = {
  same: ['', ''],
  added: ['+', 'added'],
  removed: ['−', 'removed'],
  changed: ['≠', 'changed'],
  moved: ['↕', 'moved'],
};

interface SectionsProps {
  sections: readonly SectionRows[];
  currencies: Currencies;
}

export const SectionList = memo(function SectionList({ sections, currencies }: SectionsProps) {
  return sections.map(({ id, fate, name, oldName, before, after, rows }) => (
    <section key={id} className={css.section} aria-label={name}>
      <div
        className={css.head}
        data-fate={fate}
        {...(fate === 'same' ? {} : { 'data-change': '', tabIndex: -1 })}
      >
        <h2 className={css.name}>
          {name}
          {oldName !== '' && <span className={css.was}>was “{oldName}”</span>}
          {fate !== 'same' && (
            <span className={css.fate} data-is={fate}>
              {marks[fate][1]}
            </span>
          )}
        </h2>
        <Amounts before={before} after={after} delta={(after ?? 0) - (before ?? 0)} currencies={currencies} />
      </div>
      {fate !== 'same' && <AboutChange collection="groups" id={id} />}
      <RowList collection="lines" rows={rows} currencies={currencies} />
    </section>
  ));
});

interface RowsProps {
  collection: 'lines' | 'risks';
  rows: readonly Row[];
  currencies: Currencies;
}

export const RowList = memo(function RowList({ collection, rows, currencies }: RowsProps) {
  return (
    <ul className={css.rows}>
      {rows.map((row) => (
        <ComparedRow key={row.id} collection={collection} row={row} currencies={currencies} />
      ))}
    </ul>
  );
});

interface RowProps extends Omit<RowsProps, 'rows'> {
  row: Row;
}

const ComparedRow = memo(function ComparedRow({ collection, row, currencies }: RowProps) {
  const { fate, code, name, optional, fields, moved, before, after, delta } = row;
  const [mark, word] = marks[fate];
  const isChange = fate !== 'same' || moved !== '';
  return (
    <li className={css.row} data-fate={fate} {...(isChange ? { 'data-change': '', tabIndex: -1 } : {})}>
      <span className={css.mark} aria-hidden>
        {mark}
      </span>
      <div>
        <span className={css.name}>
          {code !== '' && <span className={css.code}>{code}</span>}
          <span>{name}</span>
          {optional && <span className={css.tag}>optional</span>}
          {word !== '' && (
            <span className={css.fate} data-is={fate}>
              {word}
            </span>
          )}
          {moved !== '' && <span className={css.tag}>{fate === 'moved' ? moved : `moved ${moved}`}</span>}
        </span>
        {fields.length > 0 && <FieldList fields={fields} />}
        {isChange && <AboutChange collection={collection} id={row.id} />}
      </div>
      <Amounts before={before} after={after} delta={delta} currencies={currencies} />
    </li>
  );
});

interface AmountsProps {
  before: number | null;
  after: number | null;
  delta: number;
  currencies: Currencies;
}

/** Before, after and the difference; what did not change is said once. */
function Amounts({ before, after, delta, currencies }: AmountsProps) {
  const step = moneyStep(delta, currencies.after);
  const same = before === after && currencies.before === currencies.after;
  return (
    <span className={css.amounts}>
      <span className={css.old}>
        {!same && before !== null && (
          <>
            <span className={css.hidden}>Before: </span>
            {formatMoney(before, currencies.before)}
          </>
        )}
      </span>
      <span>
        {after !== null && (
          <>
            <span className={css.hidden}>{same ? 'Unchanged: ' : 'After: '}</span>
            {formatMoney(after, currencies.after)}
          </>
        )}
      </span>
      <span className={css.delta}>
        {step.way !== 'same' && (
          <>
            <span className={css.hidden}>Change: </span>
            {step.text}
          </>
        )}
      </span>
    </span>
  );
}

export function FieldList({ fields }: { fields: readonly FieldWords[] }) {
  return (
    <dl className={css.fields}>
      {fields.map(({ label, old, new: now }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>
            <del>{old === '' ? 'nothing' : old}</del> <span aria-hidden>→</span>{' '}
            <ins>{now === '' ? 'nothing' : now}</ins>
          </dd>
        </div>
      ))}
    </dl>
  );
}

import type { FieldChange } from '@tidemark/documents';
import { memo, type ReactNode } from 'react';
import css from './change-list.module.css';
import type { Row } from './rows.ts';
import { typesText, typeWords } from './type-words.tsx';
import { Who } from './who.tsx';

interface Props {
  row: Row;
  chosen: boolean;
  /** Whether the answer about people is still on its way. */
  asking: boolean;
  onReveal: (row: Row) => void;
  /** What can be done about it; shown for the one that is chosen. */
  actions: ReactNode;
}

/** One change: what it is about, who did it and when, and each property before and after. */
export const ChangeRow = memo(function ChangeRow({ row, chosen, asking, onReveal, actions }: Props) {
  const { change, type, authorship } = row;
  const { Icon } = typeWords[type];
  const { what, name, place } = change;
  return (
    <li className={css.item} data-type={type} data-chosen={chosen || undefined}>
      <button
        type="button"
        className={css.row}
        data-change={row.key}
        aria-current={chosen || undefined}
        onClick={() => onReveal(row)}
      >
        <Icon className={css.icon} size={15} stroke={2} aria-hidden />
        <span className={css.words}>
          <span className={css.name}>{name || what}</span>
          <span className={css.about}>
            {[typesText(change.types), name === '' ? '' : what, place].filter(Boolean).join(' · ')}
          </span>
          <span className={css.who}>
            <Who authorship={authorship} asking={asking} />
          </span>
        </span>
      </button>
      {change.fields.length > 0 && <Fields fields={change.fields} all={chosen} />}
      {chosen && actions}
    </li>
  );
});

/** Fields of a row that is not looked at. */
const few = 3;

function Fields({ fields, all }: { fields: readonly FieldChange[]; all: boolean }) {
  const shown = all ? fields : fields.slice(0, few);
  return (
    <dl className={css.fields}>
      {shown.map((field) => (
        <div key={field.label}>
          <dt>{field.label}</dt>
          <dd>
            <del>{field.old ?? 'nothing'}</del> <span aria-hidden>→</span> <ins>{field.new ?? 'nothing'}</ins>
          </dd>
        </div>
      ))}
      {shown.length < fields.length && (
        <div className={css.more}>
          <dt>And {fields.length - shown.length} more</dt>
        </div>
      )}
    </dl>
  );
}

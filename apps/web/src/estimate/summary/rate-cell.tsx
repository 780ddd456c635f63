import type { KeyboardEvent } from 'react';
import { memo, useId } from 'react';
import { useDraft } from '../../editor/use-draft.ts';
import { useMayPrice } from '../context.ts';
import { type RateName, useRate } from '../rates.ts';
import css from './rate-cell.module.css';

interface Props {
  name: RateName;
  label: string;
  /** Always drawn as a field, and not only under the pointer. */
  boxed?: boolean;
}

/** A rate that is edited where it stands. */
export const RateCell = memo(function RateCell({ name, label, boxed = false }: Props) {
  const rate = useRate(name);
  const mayPrice = useMayPrice();
  const field = useDraft(rate);
  const id = useId();
  if (!mayPrice) return <span className={css.text}>{rate.value}</span>;
  const key = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter') field.settle();
    else if (event.key === 'Escape' && (field.text !== rate.value || field.error !== null)) {
      event.stopPropagation();
      field.revert();
    }
  };
  return (
    <span className={css.cell} data-boxed={boxed || undefined}>
      <input
        className={css.input}
        aria-label={label}
        aria-invalid={field.error !== null}
        aria-describedby={field.error === null ? undefined : id}
        value={field.text}
        inputMode="decimal"
        autoComplete="off"
        maxLength={40}
        onChange={(event) => field.type(event.currentTarget.value)}
        onFocus={(event) => event.currentTarget.select()}
        onBlur={() => field.settle()}
        onKeyDown={key}
      />
      {field.error !== null && (
        <span className={css.error} id={id} role="alert">
          {field.error}
        </span>
      )}
    </span>
  );
});

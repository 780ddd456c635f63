import type { ComponentProps } from 'react';
import { DraftInput } from '../../editor/draft-input.tsx';
import { useTools } from '../tools/context.ts';
import css from './properties.module.css';

/** Text of the document. */
export function TextField(props: ComponentProps<typeof DraftInput>) {
  const { mayEdit } = useTools();
  if (mayEdit) return <DraftInput {...props} />;
  const { label, value, code } = props;
  return value === '' ? null : <Fact label={label} value={value} code={code} />;
}

/** What can be read but not changed. */
export function Fact({ label, value, code }: { label: string; value: string; code?: boolean | undefined }) {
  return (
    <div className={css.fact}>
      <div className={css.factLabel}>{label}</div>
      <div className={css.factValue} data-code={code || undefined}>
        {value}
      </div>
    </div>
  );
}

import { Textarea, TextInput } from '@mantine/core';
import type { KeyboardEvent, ReactNode } from 'react';
import { useDraft } from '../../editor/use-draft.ts';
import { useTools } from '../tools/context.ts';
import css from './properties.module.css';

interface Props {
  label: string;
  value: string;
  commit: (text: string) => void;
  problem?: (text: string) => string | null;
  /** What the text means, or how it is to be written. */
  hint?: ReactNode | ((text: string) => ReactNode);
  placeholder?: string;
  multiline?: boolean;
  /** Code: set in a fixed width, not checked for spelling. */
  code?: boolean;
  maxLength?: number;
}

/** Text of the document. Enter or leaving the field writes it, Esc takes it back. */
export function TextField({ label, value, commit, problem, hint, multiline, code, ...rest }: Props) {
  const { mayEdit } = useTools();
  if (!mayEdit) return value === '' ? null : <Fact label={label} value={value} code={code ?? false} />;
  return (
    <Typed
      label={label}
      value={value}
      commit={commit}
      problem={problem}
      hint={hint}
      multiline={multiline ?? false}
      code={code ?? false}
      {...rest}
    />
  );
}

interface TypedProps extends Pick<Props, 'label' | 'value' | 'commit' | 'placeholder' | 'maxLength'> {
  problem: Props['problem'] | undefined;
  hint: Props['hint'];
  multiline: boolean;
  code: boolean;
}

function Typed({ label, value, commit, problem, hint, multiline, code, placeholder, maxLength }: TypedProps) {
  const field = useDraft({ value, commit, problem });
  const words = typeof hint === 'function' ? hint(field.text) : hint;
  const description = field.overtaken ? (
    <span className={css.overtaken} role="status">
      Others changed this to “{brief(value)}”. Enter keeps yours, Esc takes theirs.
    </span>
  ) : (
    words
  );
  const key = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter' && (!multiline || event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      field.settle();
    } else if (event.key === 'Escape' && (field.text !== value || field.error !== null)) {
      // The first Esc is for the text, the next for what is around it.
      event.stopPropagation();
      field.revert();
    }
  };
  const common = {
    label,
    value: field.text,
    error: field.error,
    description: description || undefined,
    inputWrapperOrder: ['label', 'input', 'error', 'description'] as (
      | 'label'
      | 'input'
      | 'error'
      | 'description'
    )[],
    placeholder: placeholder ?? '',
    spellCheck: !code,
    autoComplete: 'off',
    'data-code': code || undefined,
    onChange: (event: { currentTarget: { value: string } }) => field.type(event.currentTarget.value),
    onBlur: () => field.settle(),
    onKeyDown: key,
    ...(maxLength === undefined ? {} : { maxLength }),
  };
  return multiline ? <Textarea {...common} autosize minRows={2} maxRows={12} /> : <TextInput {...common} />;
}

function brief(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text || 'nothing';
}

/** What can be read but not changed. */
export function Fact({ label, value, code = false }: { label: string; value: string; code?: boolean }) {
  return (
    <div className={css.fact}>
      <div className={css.factLabel}>{label}</div>
      <div className={css.factValue} data-code={code || undefined}>
        {value}
      </div>
    </div>
  );
}

import { Textarea, TextInput } from '@mantine/core';
import type { KeyboardEvent, ReactNode } from 'react';
import css from './draft-input.module.css';
import { useDraft } from './use-draft.ts';

interface Props {
  label: string;
  value: string;
  commit: (text: string) => void;
  /** Why a text can't stand, or null. */
  problem?: ((text: string) => string | null) | undefined;
  /** What the text means, or how it is to be written. */
  hint?: ReactNode | ((text: string) => ReactNode);
  placeholder?: string;
  type?: 'text' | 'email' | 'date';
  inputMode?: 'numeric' | 'decimal';
  multiline?: boolean | undefined;
  /** Code: set in a fixed width, not checked for spelling. */
  code?: boolean | undefined;
  readOnly?: boolean;
  maxLength?: number;
}

type Part = 'label' | 'input' | 'error' | 'description';
const order: Part[] = ['label', 'input', 'error', 'description'];

/** A register of the document as a field. Leaving it or Enter writes it, Esc takes back what was typed. */
export function DraftInput(props: Props) {
  const { label, value, commit, problem, hint, multiline, code, readOnly, ...rest } = props;
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
    inputWrapperOrder: order,
    readOnly: readOnly ?? false,
    autoComplete: 'off',
    onChange: (event: { currentTarget: { value: string } }) => field.type(event.currentTarget.value),
    onBlur: () => field.settle(),
    onKeyDown: key,
    ...(code ? { spellCheck: false, 'data-code': true } : {}),
    ...rest,
    ...(readOnly ? { type: 'text', placeholder: 'Not set' } : {}),
  };
  return multiline ? <Textarea {...common} autosize minRows={2} maxRows={12} /> : <TextInput {...common} />;
}

function brief(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text || 'nothing';
}

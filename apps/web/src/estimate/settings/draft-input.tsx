import { Textarea, TextInput } from '@mantine/core';
import type { KeyboardEvent, ReactNode } from 'react';
import { useDraft } from '../../editor/use-draft.ts';
import css from './settings.module.css';

interface Props {
  label: string;
  value: string;
  commit: (text: string) => void;
  /** Why a text can't stand, or null. */
  problem?: (text: string) => string | null;
  description?: ReactNode;
  placeholder?: string;
  type?: 'text' | 'email' | 'date';
  inputMode?: 'numeric' | 'decimal';
  multiline?: boolean;
  readOnly?: boolean;
  maxLength?: number;
}

/** A register of the estimate as a field. Leaving it or Enter writes it, Esc takes back what was typed. */
export function DraftInput({
  label,
  value,
  commit,
  problem,
  description,
  multiline,
  readOnly,
  ...rest
}: Props) {
  const field = useDraft({ value, commit, problem });
  const words = field.overtaken ? (
    <span className={css.overtaken} role="status">
      Others changed this to “{brief(value)}”. Enter keeps yours, Esc takes theirs.
    </span>
  ) : (
    description
  );
  const key = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter' && (!multiline || event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      field.settle();
    } else if (event.key === 'Escape' && (field.text !== value || field.error !== null)) {
      // The first Esc is for the text, the next for the panel around it.
      event.stopPropagation();
      field.revert();
    }
  };
  const common = {
    label,
    value: field.text,
    error: field.error,
    description: words ?? undefined,
    inputWrapperOrder: ['label', 'input', 'error', 'description'] as (
      | 'label'
      | 'input'
      | 'error'
      | 'description'
    )[],
    readOnly: readOnly ?? false,
    autoComplete: 'off',
    onChange: (event: { currentTarget: { value: string } }) => field.type(event.currentTarget.value),
    onBlur: () => field.settle(),
    onKeyDown: key,
    ...rest,
    ...(readOnly ? { type: 'text', placeholder: 'Not set' } : {}),
  };
  return multiline ? <Textarea {...common} classNames={{ input: css.lines }} /> : <TextInput {...common} />;
}

function brief(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text || 'nothing';
}

import { Textarea } from '@mantine/core';
import { type TextName, textOf } from '@tidemark/documents/estimate';
import { type KeyboardEvent, type ReactNode, useEffect, useMemo, useRef } from 'react';
import { useMayEdit } from '../../editor/rights.ts';
import { useEstimate } from '../context.ts';
import css from './settings.module.css';
import { bindText, type TextBinding } from './text-binding.ts';

interface Props {
  name: TextName;
  label: string;
  description: ReactNode;
  placeholder: string;
}

/** Longest text, in UTF-16 units. */
const most = 20_000;

/** A text in which several people write at once; it undoes its own typing. */
export function TextArea({ name, label, description, placeholder }: Props) {
  const { provider } = useEstimate();
  const mayEdit = useMayEdit();
  const area = useRef<HTMLTextAreaElement>(null);
  const binding = useRef<TextBinding | null>(null);
  const text = useMemo(() => textOf(provider.doc, name), [provider, name]);
  useEffect(() => {
    if (area.current === null || text === null) return;
    const bound = bindText(text, area.current);
    binding.current = bound;
    return () => {
      binding.current = null;
      bound.stop();
    };
  }, [text]);
  const key = (event: KeyboardEvent) => {
    const letter = event.key.toLowerCase();
    if (!(event.ctrlKey || event.metaKey) || event.altKey || (letter !== 'z' && letter !== 'y')) return;
    event.preventDefault();
    if (letter === 'y' || event.shiftKey) binding.current?.redo();
    else binding.current?.undo();
  };
  return (
    <Textarea
      ref={area}
      label={label}
      description={description}
      placeholder={mayEdit ? placeholder : 'Nothing written'}
      inputWrapperOrder={['label', 'input', 'description']}
      classNames={{ input: css.area }}
      maxLength={most}
      readOnly={!mayEdit || text === null}
      onKeyDown={key}
    />
  );
}

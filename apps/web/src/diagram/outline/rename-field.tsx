import { useRef, useState } from 'react';
import css from './outline.module.css';

interface Props {
  name: string;
  label: string;
  /** The new name, or null when it stays as it was. */
  onDone: (name: string | null) => void;
}

/** A name in its line: Enter or leaving takes it, Esc does not. */
export function RenameField({ name, label, onDone }: Props) {
  const [text, setText] = useState(name);
  const done = useRef(false);
  const finish = (next: string | null) => {
    if (done.current) return;
    done.current = true;
    onDone(next);
  };
  return (
    <input
      className={css.rename}
      aria-label={label}
      value={text}
      // biome-ignore lint/a11y/noAutofocus: renaming was asked for by a key or a menu
      autoFocus
      autoComplete="off"
      onFocus={(event) => event.currentTarget.select()}
      onChange={(event) => setText(event.currentTarget.value)}
      onClick={(event) => event.stopPropagation()}
      onBlur={() => finish(text === name ? null : text)}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.nativeEvent.isComposing) return;
        if (event.key === 'Enter') finish(text === name ? null : text);
        else if (event.key === 'Escape') finish(null);
      }}
    />
  );
}

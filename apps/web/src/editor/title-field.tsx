import { untitled } from '../shell/kind-words.ts';
import css from './title-field.module.css';

interface Props {
  title: string;
  kind: string;
  readOnly: boolean;
  onChange: (text: string) => void;
}

/** The document's title, as wide as its words. */
export function TitleField({ title, kind, readOnly, onChange }: Props) {
  const shown = title || untitled(kind);
  if (readOnly) return <h1 className={css.fixed}>{shown}</h1>;
  return (
    <h1 className={css.root}>
      <span className={css.size} aria-hidden="true">
        {shown}
      </span>
      <input
        className={css.input}
        aria-label="Title"
        value={title}
        placeholder={untitled(kind)}
        size={1}
        maxLength={300}
        onChange={(event) => onChange(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' || event.key === 'Escape') event.currentTarget.blur();
        }}
      />
    </h1>
  );
}

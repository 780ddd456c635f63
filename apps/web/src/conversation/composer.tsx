import { Button, Textarea } from '@mantine/core';
import { Avatar } from '@tidemark/ui';
import { type KeyboardEvent, useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import { colourOf } from '../shell/colour.ts';
import css from './composer.module.css';
import { useTalk } from './context.ts';
import type { Said } from './conversation.ts';
import { found, named, namedIn, type Query, queryAt } from './mention-search.ts';
import type { Named } from './wire.ts';

interface Props {
  label: string;
  /** What the button says that sends it. */
  send: string;
  initial?: Said;
  /** By what an unsent text is found again when the panel was closed meanwhile. */
  draft?: string;
  autoFocus?: boolean;
  /** Rejects when this device cannot keep it: the text stays then. */
  onSend: (said: Said) => Promise<void>;
  onCancel?: () => void;
}

const longest = 4_000;

/** Where a message is written. After an @ people are offered; Ctrl or ⌘ with Enter sends. */
export function Composer({ label, send, initial, draft, autoFocus = false, onSend, onCancel }: Props) {
  const { conversation, snapshot, desk } = useTalk();
  const { drafts } = desk;
  const [begun] = useState(() => (draft === undefined ? initial : drafts.get(draft)));
  const [text, setText] = useState(begun?.text ?? '');
  const [picked, setPicked] = useState<readonly Named[]>(begun?.mentions ?? []);
  const [query, setQuery] = useState<Query | null>(null);
  const [active, setActive] = useState(0);
  const [failed, setFailed] = useState(false);
  const [busy, setBusy] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const caret = useRef<number | null>(null);
  const list = useId();
  const offered = query === null ? [] : found(snapshot.people, query.words);
  const open = offered.length > 0;
  const chosen = offered[Math.min(active, offered.length - 1)];

  useEffect(() => {
    if (autoFocus) field.current?.focus({ preventScroll: true });
  }, [autoFocus]);
  useEffect(() => {
    if (draft === undefined) return;
    if (text === '') drafts.delete(draft);
    else drafts.set(draft, { text, mentions: picked });
  }, [draft, drafts, text, picked]);
  // After a name was put in, the caret stands behind it.
  useLayoutEffect(() => {
    if (caret.current === null) return;
    field.current?.setSelectionRange(caret.current, caret.current);
    caret.current = null;
  });

  const look = () => {
    const element = field.current;
    const next = element && queryAt(element.value, element.selectionStart);
    setQuery((now) => (now?.from === next?.from && now?.words === next?.words ? now : next));
  };
  const pick = (person: Named) => {
    if (query === null) return;
    const next = named(text, query, person);
    setText(next.text);
    setPicked((all) => [...all, person]);
    setQuery(null);
    caret.current = next.caret;
    field.current?.focus();
  };
  const submit = async () => {
    const words = text.trim();
    if (words === '' || busy) return;
    setBusy(true);
    try {
      await onSend({ text: words, mentions: namedIn(words, picked, snapshot.people) });
      setText('');
      setPicked([]);
      setFailed(false);
    } catch (error) {
      console.info('A comment could not be kept on this device.', error);
      setFailed(true);
    } finally {
      setBusy(false);
    }
  };
  const keys = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (open && step !== 0)
      setActive((Math.min(active, offered.length - 1) + step + offered.length) % offered.length);
    else if (open && chosen && (event.key === 'Enter' || event.key === 'Tab')) pick(chosen);
    else if (open && event.key === 'Escape') setQuery(null);
    else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void submit();
    else if (event.key === 'Escape' && onCancel) onCancel();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <form
      className={css.form}
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      {open && (
        <div className={css.people} id={list} role="listbox" aria-label="People">
          {offered.map((person) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the field, which keeps the focus
            <div
              key={person.id}
              id={`${list}-${person.id}`}
              role="option"
              tabIndex={-1}
              aria-selected={person === chosen}
              className={css.person}
              // The field keeps the focus.
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => pick(person)}
            >
              <Avatar person={{ ...person, colour: colourOf(person.id) }} size={22} />
              <span className={css.name}>{person.name}</span>
            </div>
          ))}
        </div>
      )}
      <Textarea
        ref={field}
        aria-label={label}
        placeholder={label}
        aria-autocomplete="list"
        {...(open ? { 'aria-controls': list } : {})}
        {...(open && chosen ? { 'aria-activedescendant': `${list}-${chosen.id}` } : {})}
        autosize
        minRows={2}
        maxRows={9}
        maxLength={longest}
        value={text}
        error={failed ? 'This device could not keep it. Make room and try again.' : null}
        onFocus={() => void conversation?.meetPeople()}
        onBlur={() => setQuery(null)}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setActive(0);
          look();
        }}
        onSelect={look}
        onKeyDown={keys}
      />
      <div className={css.row}>
        <span className={css.hint}>@ names somebody</span>
        {onCancel && (
          <Button size="compact-sm" variant="subtle" color="gray" onClick={onCancel}>
            Cancel
          </Button>
        )}
        <Button size="compact-sm" type="submit" disabled={text.trim() === ''} loading={busy}>
          {send}
        </Button>
      </div>
    </form>
  );
}

import type { DiagramView } from '@tidemark/documents/diagram';
import { useEffect, useRef, useState } from 'react';
import { useTools } from '../tools/context.ts';
import { type Elements, nameOf, typeWordsAt } from './elements-view.ts';

/** What others did since it was last said, in words for the screen reader: nothing of one's own. */
export function useOthersChanges(): { text: string } | null {
  const { reader, editor } = useTools();
  const [message, setMessage] = useState<{ text: string } | null>(null);
  const before = useRef<DiagramView | null>(null);
  useEffect(() => {
    before.current = reader.view();
    let theirs = false;
    const heard = (_update: Uint8Array, origin: unknown) => {
      theirs = !(typeof origin === 'object' && origin !== null && 'editor' in origin);
    };
    editor.doc.on('update', heard);
    const stop = reader.subscribe(() => {
      const now = reader.view();
      const said = theirs && before.current ? difference(before.current.elements, now.elements) : null;
      before.current = now;
      if (said) setMessage({ text: said });
    });
    return () => {
      stop();
      editor.doc.off('update', heard);
    };
  }, [reader, editor]);
  return message;
}

/** Where the things stand that people speak of. */
const spoken = new Set(['flowElements', 'participants', 'lanes', 'artifacts', 'messageFlows']);

/** "Somebody else added Pack, user task; renamed Ship to Send." Null when nothing of that kind changed. */
export function difference(before: Elements, after: Elements): string | null {
  const call = (elements: Elements, key: string) => {
    const name = nameOf(elements, key);
    const words = typeWordsAt(elements, key).toLowerCase();
    return name ? `${name}, ${words}` : words;
  };
  const added: string[] = [];
  const renamed: string[] = [];
  for (const [key, element] of after) {
    const was = before.get(key);
    // Unchanged elements are the same objects.
    if (was === element || !spoken.has(element.property ?? '')) continue;
    if (was === undefined) added.push(call(after, key));
    else if (nameOf(before, key) !== nameOf(after, key)) {
      renamed.push(`${nameOf(before, key) || call(before, key)} to ${nameOf(after, key) || 'nothing'}`);
    }
  }
  const removed = [...before.keys()]
    .filter((key) => !after.has(key) && spoken.has(before.get(key)?.property ?? ''))
    .map((key) => call(before, key));
  const parts = [list('added', added), list('removed', removed), list('renamed', renamed)].filter(
    (part) => part !== null,
  );
  return parts.length === 0 ? null : `Somebody else ${parts.join('; ')}.`;
}

/** More than a few are counted, not read out. */
function list(verb: string, things: readonly string[]): string | null {
  if (things.length === 0) return null;
  return things.length > 2 ? `${verb} ${things.length} elements` : `${verb} ${things.join(' and ')}`;
}

import * as Y from 'yjs';
import { type Delta, follow, rebase, type Splice, spliceOf } from './splice.ts';

/** A text area that shows a text of the document and writes into it. */
export interface TextBinding {
  undo(): void;
  redo(): void;
  stop(): void;
}

/** Typing that pauses longer than this begins a new undo step, milliseconds. */
const pause = 600;

/**
 * What is typed goes into the text as the smallest splice, what others type into the area with the caret kept. While an input method composes, both wait:
 * a value that is set under it would break the composition.
 */
export function bindText(text: Y.Text, area: HTMLTextAreaElement): TextBinding {
  const origin = { type: 'typing' };
  const history = new Y.UndoManager(text, { trackedOrigins: new Set([origin]), captureTimeout: pause });
  let shown = text.toString();
  let composing = false;
  let missed: Delta[] = [];
  area.value = shown;

  const write = (splice: Splice) =>
    text.doc?.transact(() => {
      if (splice.remove > 0) text.delete(splice.at, splice.remove);
      if (splice.insert !== '') text.insert(splice.at, splice.insert);
    }, origin);

  const show = (deltas: readonly Delta[]) => {
    const { selectionStart, selectionEnd, selectionDirection, scrollTop } = area;
    const place = (from: number) => deltas.reduce((at, delta) => follow(at, delta), from);
    shown = text.toString();
    if (area.value === shown) return;
    area.value = shown;
    area.setSelectionRange(place(selectionStart), place(selectionEnd), selectionDirection);
    area.scrollTop = scrollTop;
  };

  const take = () => {
    if (composing) return;
    const typed = spliceOf(shown, area.value, area.selectionStart);
    const waited = missed;
    missed = [];
    if (typed !== null) {
      shown = area.value;
      write(waited.reduce((splice, delta) => rebase(splice, delta), typed));
    }
    if (waited.length > 0) show(waited);
  };

  const hear = (event: Y.YTextEvent) => {
    if (event.transaction.origin === origin) return;
    const delta = event.delta as Delta;
    if (composing) missed.push(delta);
    else show([delta]);
  };

  const begin = () => {
    composing = true;
  };
  const end = () => {
    composing = false;
    take();
  };
  /** The browser's own undo knows nothing of what others wrote meanwhile. */
  const before = (event: InputEvent) => {
    if (event.inputType !== 'historyUndo' && event.inputType !== 'historyRedo') return;
    event.preventDefault();
    if (event.inputType === 'historyUndo') history.undo();
    else history.redo();
  };

  text.observe(hear);
  area.addEventListener('input', take);
  area.addEventListener('beforeinput', before);
  area.addEventListener('compositionstart', begin);
  area.addEventListener('compositionend', end);
  return {
    undo: () => void history.undo(),
    redo: () => void history.redo(),
    stop() {
      text.unobserve(hear);
      history.destroy();
      area.removeEventListener('input', take);
      area.removeEventListener('beforeinput', before);
      area.removeEventListener('compositionstart', begin);
      area.removeEventListener('compositionend', end);
    },
  };
}

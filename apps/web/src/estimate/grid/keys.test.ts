import { expect, test } from 'vitest';
import { editAct, keyAct, type Press } from './keys.ts';

const press = (keys: string, isComposing = false): Press => {
  const parts = keys.split(' ');
  const key = parts.at(-1)!;
  return {
    key: key === 'Space' ? ' ' : key,
    shiftKey: parts.includes('Shift'),
    ctrlKey: parts.includes('Ctrl'),
    metaKey: parts.includes('Cmd'),
    altKey: parts.includes('Alt'),
    isComposing,
  };
};

test('GRID-3: keys walk and reach as in a spreadsheet', () => {
  expect(keyAct(press('ArrowDown'))).toEqual({
    act: 'move',
    move: { by: 'step', direction: 'down' },
    reach: false,
  });
  expect(keyAct(press('Shift ArrowLeft'))).toEqual({
    act: 'move',
    move: { by: 'step', direction: 'left' },
    reach: true,
  });
  expect(keyAct(press('Ctrl ArrowUp'))).toEqual({
    act: 'move',
    move: { by: 'jump', direction: 'up' },
    reach: false,
  });
  expect(keyAct(press('Cmd Shift ArrowRight'))).toEqual({
    act: 'move',
    move: { by: 'jump', direction: 'right' },
    reach: true,
  });
  expect(keyAct(press('Home'))).toEqual({
    act: 'move',
    move: { by: 'row-edge', direction: 'left' },
    reach: false,
  });
  expect(keyAct(press('Ctrl Shift End'))).toEqual({
    act: 'move',
    move: { by: 'end', direction: 'down' },
    reach: true,
  });
  expect(keyAct(press('PageDown'))).toEqual({
    act: 'move',
    move: { by: 'page', direction: 'down' },
    reach: false,
  });
  expect(keyAct(press('Shift Tab'))).toEqual({ act: 'advance', key: 'tab', back: true });
  expect(keyAct(press('Enter'))).toEqual({ act: 'advance', key: 'enter', back: false });
});

test('GRID-4: keys act on what is chosen', () => {
  const acts = {
    F2: 'edit',
    'Alt ArrowDown': 'edit',
    Delete: 'clear',
    Backspace: 'clear',
    Escape: 'escape',
    'Ctrl Enter': 'fill-block',
    'Ctrl a': 'select-all',
    'Shift Space': 'select-rows',
    Space: 'press',
    'Ctrl Space': 'select-columns',
    'Ctrl Shift +': 'insert-line',
    'Ctrl +': 'insert-line',
    'Ctrl -': 'remove-lines',
    'Alt Shift ArrowUp': 'move-lines',
    'Alt Shift ArrowRight': 'widen',
    'Shift F10': 'menu',
    ContextMenu: 'menu',
    'Ctrl z': 'undo',
    'Ctrl Shift Z': 'redo',
    'Ctrl y': 'redo',
  };
  for (const [keys, act] of Object.entries(acts)) expect(keyAct(press(keys))?.act, keys).toBe(act);
});

test('GRID-5: what is typed, copied, zoomed or composed is left to the field and the browser', () => {
  for (const keys of ['a', '7', '=', 'Ctrl c', 'Ctrl v', 'Ctrl =', 'F10', 'Alt a', 'Ctrl s']) {
    expect(keyAct(press(keys)), keys).toBeNull();
  }
  expect(keyAct(press('Enter', true))).toBeNull();
  expect(editAct(press('Enter', true), { over: true, choosing: false })).toBeNull();
  expect(editAct(press('Escape', true), { over: true, choosing: false })).toBeNull();
});

test('GRID-6: arrows leave a cell that was typed over, and move the caret in one that was opened', () => {
  const over = { over: true, choosing: false };
  const opened = { over: false, choosing: false };
  expect(editAct(press('ArrowRight'), over)).toEqual({ act: 'commit', onward: 'right' });
  expect(editAct(press('ArrowRight'), opened)).toBeNull();
  expect(editAct(press('Shift ArrowRight'), over)).toBeNull();
  expect(editAct(press('ArrowDown'), { over: true, choosing: true })).toEqual({ act: 'choose', step: 1 });
  expect(editAct(press('Tab'), opened)).toEqual({ act: 'commit', onward: { key: 'tab', back: false } });
  expect(editAct(press('Shift Enter'), opened)).toEqual({
    act: 'commit',
    onward: { key: 'enter', back: true },
  });
  expect(editAct(press('Ctrl Enter'), opened)).toEqual({ act: 'commit-block' });
  expect(editAct(press('Escape'), over)).toEqual({ act: 'cancel' });
  expect(editAct(press('Home'), over)).toBeNull();
});

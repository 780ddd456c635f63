import { expect, test } from 'vitest';
import { statusWords } from './status-text.ts';

const offline = { state: 'offline', since: 1, nextTryAt: null } as const;

test('only stored work is called saved', () => {
  const saved = statusWords({ state: 'saved', at: 0, pending: 0, unsafe: false });
  expect(saved).toMatchObject({ tone: 'muted', text: 'Saved', action: null });
  const others = [
    statusWords({ state: 'connecting', pending: 0, unsafe: false }),
    statusWords({ state: 'syncing', pending: 2, unsafe: false }),
    statusWords({ state: 'saving', since: 1, pending: 2, unsafe: false }),
    statusWords({ state: 'unconfirmed', pending: 0, unsafe: false }),
    statusWords({ ...offline, keptOnDevice: true, pending: 3, unsafe: false }),
    statusWords({ state: 'storage-failing', since: 1, pending: 0, unsafe: false }),
  ];
  for (const { text } of others) expect(text).not.toMatch(/^Saved/);
});

test('offline with nothing to send is calm', () => {
  const words = statusWords({ ...offline, keptOnDevice: true, pending: 0, unsafe: false });
  expect(words).toMatchObject({ tone: 'offline', text: 'Offline', action: 'retry' });
});

test('offline work is said to be kept only when it is', () => {
  expect(statusWords({ ...offline, keptOnDevice: true, pending: 1, unsafe: false })).toMatchObject({
    tone: 'warn',
    text: 'Offline — 1 change kept on this device',
  });
  expect(statusWords({ ...offline, keptOnDevice: false, pending: 4, unsafe: true })).toMatchObject({
    tone: 'bad',
    text: 'Not saved — 4 changes only in this tab',
  });
});

test('a server that cannot store is loud and offers a retry', () => {
  const words = statusWords({ state: 'storage-failing', since: 1, pending: 2, unsafe: false });
  expect(words).toMatchObject({ tone: 'bad', action: 'retry' });
  expect(words.text).toContain('Not saved');
});

test('somebody signed out is told so; a banner shows the way in', () => {
  const words = statusWords({
    state: 'refused',
    code: 'not-signed-in',
    message: 'Sign in first.',
    final: true,
    since: 1,
    keptOnDevice: true,
    pending: 1,
    unsafe: false,
  });
  expect(words).toMatchObject({ tone: 'bad', text: 'Not saved — you are signed out', action: null });
});

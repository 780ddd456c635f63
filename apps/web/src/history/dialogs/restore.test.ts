import { afterEach, expect, test, vi } from 'vitest';
import * as Y from 'yjs';
import { ApiError } from '../../api/http.ts';
import type { Session } from '../../editor/session.ts';
import { keepRestore } from '../keep.ts';
import { recordRestore, recordWords } from './restore.tsx';

vi.mock('../keep.ts', () => ({ keepRestore: vi.fn(async () => undefined) }));
afterEach(() => vi.unstubAllGlobals());

const session = {
  documentId: 'd',
  me: { id: 'ana' },
  provider: { doc: new Y.Doc(), access: () => 'edit', status: () => ({ state: 'live', pending: 0 }) },
} as unknown as Session;

/** A server that makes versions of these reasons and no others. */
function serve(...made: string[]): void {
  vi.stubGlobal('fetch', async (_: unknown, { body }: { body: string }) => {
    const { reason } = JSON.parse(body) as { reason: string };
    return made.includes(reason)
      ? Response.json({ id: reason, lsn: 1 })
      : Response.json({ code: 'busy', detail: 'Not now.' }, { status: 503 });
  });
}

test('TIME-24 where only the version after a restore fails, the restore is done and the version is made later', async () => {
  const restore = vi.fn(() => true);
  serve('before-restore');
  expect(await recordRestore(session, 'x', true, restore)).toBe('later');
  expect(restore).toHaveBeenCalledOnce();
  expect(keepRestore).toHaveBeenCalledExactlyOnceWith('ana', 'd', {
    about: 'x',
    entry: { after: 1, clientId: session.provider.doc.clientID, clock: 0 },
  });
  vi.mocked(keepRestore).mockRejectedValueOnce(new Error('no room'));
  expect(await recordRestore(session, 'x', true, restore)).toBe('never');
  serve('before-restore', 'restored');
  expect(await recordRestore(session, 'x', true, restore)).toBe('now');
  expect(await recordRestore(session, 'x', true, () => false)).toBe(null);
  expect([recordWords('now', true), recordWords('later', false)]).toEqual(['', '']);
});

test('TIME-24 nothing is restored where the state before it could not be kept', async () => {
  const restore = vi.fn(() => true);
  serve();
  await expect(recordRestore(session, 'x', true, restore)).rejects.toThrow(ApiError);
  expect(restore).not.toHaveBeenCalled();
});

test('TIME-67 of a restore made offline it is kept which edit it was, so that the server can tell what stood before it', async () => {
  vi.mocked(keepRestore).mockClear();
  const { doc } = session.provider;
  const restore = () => {
    doc.getMap('meta').set('title', 'as it was');
    return true;
  };
  expect(await recordRestore(session, 'x', false, restore)).toBe('later');
  const entry = { clientId: doc.clientID, clock: 0 };
  expect(keepRestore).toHaveBeenCalledExactlyOnceWith('ana', 'd', { about: 'x', entry });
});

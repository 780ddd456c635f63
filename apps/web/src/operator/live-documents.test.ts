import { expect, test } from 'vitest';
import type { LiveRoom, Overview, ServerProcess } from '../api/operator.ts';
import { liveDocuments } from './live-documents.ts';

const room = (documentId: string, over: Partial<LiveRoom> = {}): LiveRoom => ({
  documentId,
  epoch: 1,
  head: 1,
  sessions: [],
  stateBytes: 100,
  tailEntries: 1,
  tailBytes: 10,
  backlogBytes: 0,
  dirtySince: null,
  pendingBytes: 0,
  present: 0,
  failing: false,
  ...over,
});
const session = { userId: 'u', access: 'edit' as const, since: 0, frames: 0, bufferedBytes: 0, stale: false };
const process = (id: string, rooms: LiveRoom[]): ServerProcess => ({
  id,
  startedAt: '',
  heardAt: '',
  answered: true,
  here: false,
  report: { version: '', pid: 1, memoryBytes: 0, heapBytes: 0, loopDelayMs: 0, stats: {}, rooms },
});

test('a document in two processes is one row; trouble comes before crowds', () => {
  const overview: Overview = {
    people: [],
    documents: [],
    processes: [
      process('a', [
        room('quiet'),
        room('busy', { sessions: [session, session] }),
        room('both', { sessions: [session], dirtySince: 500, backlogBytes: 5 }),
      ]),
      process('b', [
        room('both', { sessions: [session], dirtySince: 400, backlogBytes: 7, stateBytes: 200 }),
        room('failing', { failing: true }),
      ]),
    ],
  };
  const found = liveDocuments(overview);
  expect(found.map(({ id }) => id)).toEqual(['failing', 'both', 'busy', 'quiet']);
  expect(found[1]).toMatchObject({ unsavedBytes: 12, dirtySince: 400, stateBytes: 200 });
  expect(found[1]?.sessions.map(({ processId }) => processId)).toEqual(['a', 'b']);
});

/** What every update log has to do, run by each adapter on its own ground. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import type { Appended, LogEntry, NewEntry, UpdateLog } from './ports.ts';

/** An adapter and the handles a test needs that the port has no business to have. */
export interface LogUnderTest {
  readonly log: UpdateLog;
  /** Makes an empty document of epoch 1 and returns its id. */
  createDocument(): Promise<string>;
  /** Removes the document and its log for good. */
  purge(documentId: string): Promise<void>;
  /** Begins the document's history anew: a later epoch, in its log an empty entry; LSNs go on. */
  renew(documentId: string): Promise<void>;
  /** A well-formed id that no document has. */
  readonly unknownId: string;
  /** A person who exists. */
  readonly userId: string;
  close(): Promise<void>;
}

export function updateLogContract(name: string, makeLog: () => Promise<LogUnderTest>): void {
  describe(`update log: ${name}`, () => {
    let made: LogUnderTest;
    let log: UpdateLog;
    beforeAll(async () => {
      made = await makeLog();
      log = made.log;
    });
    afterAll(() => made.close());

    const entry = (text: string, clientId = 7): NewEntry => ({
      update: textUpdate(text),
      userId: made.userId,
      clientId,
    });
    const append = (documentId: string, after: number, entries: readonly NewEntry[], epoch = 1) =>
      log.append({ documentId, epoch, after, entries });
    const lsns = (entries: readonly LogEntry[] | 'gone') =>
      entries === 'gone' ? entries : entries.map(({ lsn }) => lsn);

    test('an unknown document loads as null and cannot be appended to', async () => {
      expect(await log.load(made.unknownId)).toBeNull();
      expect(await append(made.unknownId, 0, [entry('a')])).toEqual({ outcome: 'gone' });
      expect(await log.readAfter(made.unknownId, 1, 0, 10)).toBe('gone');
    });

    test('a new document is empty', async () => {
      const id = await made.createDocument();
      expect(await log.load(id)).toEqual({ epoch: 1, head: 0, checkpoint: null, tail: [] });
    });

    test('entries keep their order, bytes, user, client ID and time', async () => {
      const id = await made.createDocument();
      const largeClientId = 2 ** 32 - 1;
      const batch = [entry('a', largeClientId), { ...entry('b', 0), userId: null }, entry('c')];
      expect(await append(id, 0, batch)).toEqual({ outcome: 'stored', head: 3, missed: [] });
      const loaded = await log.load(id);
      expect(loaded).toMatchObject({ epoch: 1, head: 3, checkpoint: null });
      expect(lsns(loaded!.tail)).toEqual([1, 2, 3]);
      for (const [i, { update, userId, clientId, at }] of loaded!.tail.entries()) {
        expect([...update]).toEqual([...batch[i]!.update]);
        expect({ userId, clientId }).toEqual({ userId: batch[i]!.userId, clientId: batch[i]!.clientId });
        expect(Number.isFinite(at)).toBe(true);
        // The log's clock is not ours, but it lives in the same years.
        expect(at).toBeGreaterThan(Date.UTC(2024, 0));
        expect(at).toBeLessThan(Date.now() + 86_400_000);
      }
    });

    test('LSNs have no gaps and no doubles under concurrent appends; each batch stays together', async () => {
      const id = await made.createDocument();
      const results = await Promise.all(
        Array.from({ length: 24 }, (_, writer) =>
          append(id, 0, [entry(`${writer}a`, writer + 1), entry(`${writer}b`, writer + 1)]),
        ),
      );
      const { head, tail } = (await log.load(id))!;
      expect(head).toBe(48);
      expect(lsns(tail)).toEqual(Array.from({ length: 48 }, (_, i) => i + 1));
      for (let i = 0; i < 48; i += 2) expect(tail[i]!.clientId).toBe(tail[i + 1]!.clientId);
      const heads = results.map((result) => (result.outcome === 'stored' ? result.head : 0));
      expect([...heads].sort((a, b) => a - b)).toEqual(Array.from({ length: 24 }, (_, i) => 2 * i + 2));
    });

    test('an append answers with everything others wrote after what its writer had seen', async () => {
      const id = await made.createDocument();
      await append(id, 0, [entry('a'), entry('b')]);
      await append(id, 2, [entry('c')]);
      const result = await append(id, 1, [entry('d')]);
      expect(result).toMatchObject({ outcome: 'stored', head: 4 });
      expect(lsns(missedOf(result))).toEqual([2, 3]);
      expect([...missedOf(result)[1]!.update]).toEqual([...textUpdate('c')]);
    });

    test('what is missed and what is stored leave no hole under concurrent appends', async () => {
      const id = await made.createDocument();
      const seen = await Promise.all(
        Array.from({ length: 16 }, async (_, writer) => {
          const result = await append(id, 0, [entry(`${writer}`)]);
          if (result.outcome !== 'stored') throw new Error('A living document was called gone.');
          return [...lsns(result.missed), result.head];
        }),
      );
      for (const one of seen) expect(one).toEqual(Array.from({ length: one.length }, (_, i) => i + 1));
    });

    test('documents count for themselves, also when appended to at once', async () => {
      const ids = await Promise.all(Array.from({ length: 5 }, () => made.createDocument()));
      await Promise.all(
        ids.flatMap((id, i) =>
          Array.from({ length: 4 }, (_, n) => append(id, 0, [entry(`${i}.${n}`, i + 1)])),
        ),
      );
      for (const [i, id] of ids.entries()) {
        const { head, tail } = (await log.load(id))!;
        expect(head).toBe(4);
        expect(tail.map(({ clientId }) => clientId)).toEqual([i + 1, i + 1, i + 1, i + 1]);
      }
    });

    test('a batch for a document that is gone does not harm the batches beside it', async () => {
      const id = await made.createDocument();
      const [gone, stored] = await Promise.all([
        append(made.unknownId, 0, [entry('a')]),
        append(id, 0, [entry('b')]),
      ]);
      expect(gone).toEqual({ outcome: 'gone' });
      expect(stored).toMatchObject({ outcome: 'stored', head: 1 });
    });

    test('readAfter gives pages in order', async () => {
      const id = await made.createDocument();
      await append(
        id,
        0,
        Array.from({ length: 7 }, (_, i) => entry(`${i}`)),
      );
      expect(lsns(await log.readAfter(id, 1, 0, 3))).toEqual([1, 2, 3]);
      expect(lsns(await log.readAfter(id, 1, 3, 3))).toEqual([4, 5, 6]);
      expect(lsns(await log.readAfter(id, 1, 6, 3))).toEqual([7]);
      expect(await log.readAfter(id, 1, 7, 3)).toEqual([]);
    });

    test('a purged document is gone', async () => {
      const id = await made.createDocument();
      await append(id, 0, [entry('a')]);
      await made.purge(id);
      expect(await append(id, 1, [entry('b')])).toEqual({ outcome: 'gone' });
      expect(await log.load(id)).toBeNull();
    });

    test('R58 another epoch is gone for writers and readers of the earlier one, checkpoints included', async () => {
      const id = await made.createDocument();
      await append(id, 0, [entry('a')]);
      await made.renew(id);
      expect(await append(id, 1, [entry('b')])).toEqual({ outcome: 'gone' });
      expect(await log.saveCheckpoint({ documentId: id, epoch: 1, lsn: 1, state: textUpdate('a') })).toBe(
        'outdated',
      );
      const loaded = (await log.load(id))!;
      expect(loaded).toMatchObject({ head: 2, checkpoint: null, tail: [{ lsn: 2 }] });
      expect(loaded.epoch).toBeGreaterThan(1);
      expect(await append(id, 2, [entry('c')], loaded.epoch)).toEqual({
        outcome: 'stored',
        head: 3,
        missed: [],
      });
      expect(await log.readAfter(id, 1, 0, 10)).toBe('gone');
      expect(lsns(await log.readAfter(id, loaded.epoch, 2, 10))).toEqual([3]);
      expect(lsns((await log.load(id))!.tail)).toEqual([2, 3]);
    });

    test('R4 checkpoint and the log after it equal the whole log', async () => {
      const id = await made.createDocument();
      const doc = new Y.Doc();
      const updates: Uint8Array[] = [];
      doc.on('update', (update: Uint8Array) => updates.push(update));
      for (const word of ['one ', 'two ', 'three ', 'four ']) doc.getText('t').insert(0, word);
      doc.getText('t').delete(0, 5);
      await append(
        id,
        0,
        updates.map((update) => ({ update, userId: null, clientId: doc.clientID })),
      );
      const early = new Y.Doc();
      for (const update of updates.slice(0, 3)) Y.applyUpdate(early, update);
      const state = Y.encodeStateAsUpdate(early);
      expect(await log.saveCheckpoint({ documentId: id, epoch: 1, lsn: 3, state })).toBe('stored');
      const loaded = (await log.load(id))!;
      expect(loaded.checkpoint?.lsn).toBe(3);
      expect([...loaded.checkpoint!.state]).toEqual([...state]);
      expect(lsns(loaded.tail)).toEqual([4, 5]);
      expect(loaded.head).toBe(5);
      const again = new Y.Doc();
      Y.applyUpdate(again, loaded.checkpoint!.state);
      for (const { update } of loaded.tail) Y.applyUpdate(again, update);
      expect(again.getText('t').toString()).toBe(doc.getText('t').toString());
    });

    test('a checkpoint that is not newer is left out', async () => {
      const id = await made.createDocument();
      await append(id, 0, [entry('a'), entry('b'), entry('c')]);
      const save = (lsn: number, text: string) =>
        log.saveCheckpoint({ documentId: id, epoch: 1, lsn, state: textUpdate(text) });
      expect(await save(2, 'two')).toBe('stored');
      expect(await save(1, 'one')).toBe('outdated');
      expect(await save(2, 'again')).toBe('outdated');
      expect([...(await log.load(id))!.checkpoint!.state]).toEqual([...textUpdate('two')]);
      expect(await save(3, 'three')).toBe('stored');
      expect((await log.load(id))!.tail).toEqual([]);
    });

    test('entries below a checkpoint stay readable, for history', async () => {
      const id = await made.createDocument();
      await append(id, 0, [entry('a'), entry('b')]);
      await log.saveCheckpoint({ documentId: id, epoch: 1, lsn: 2, state: textUpdate('ab') });
      expect(lsns(await log.readAfter(id, 1, 0, 10))).toEqual([1, 2]);
    });

    test('heads are told of many documents at once, and of those that exist only', async () => {
      const [one, two] = [await made.createDocument(), await made.createDocument()];
      await append(one, 0, [entry('a'), entry('b')]);
      const heads = await log.heads([one, two, made.unknownId]);
      expect([heads.get(one), heads.get(two), heads.size]).toEqual([2, 0, 2]);
      expect((await log.heads([])).size).toBe(0);
    });

    test('the bell rings after the commit', async () => {
      const id = await made.createDocument();
      const heard = new Promise<{ head: number; stored: number }>((resolve, reject) => {
        const stop = log.onAppended(id, (head) => {
          stop();
          log.load(id).then((loaded) => resolve({ head, stored: loaded!.head }), reject);
        });
      });
      await append(id, 0, [entry('a')]);
      const { head, stored } = await heard;
      expect(head).toBe(1);
      expect(stored).toBeGreaterThanOrEqual(1);
    });

    test('the bell of one document is not heard at another, nor by who stopped listening', async () => {
      const [id, other] = [await made.createDocument(), await made.createDocument()];
      const heard: string[] = [];
      log.onAppended(id, () => heard.push('stopped'))();
      log.onAppended(other, () => heard.push('other'));
      const rung = new Promise<void>((resolve) => {
        const stop = log.onAppended(id, () => {
          stop();
          resolve();
        });
      });
      await append(id, 0, [entry('a')]);
      await rung;
      expect(heard).toEqual([]);
    });
  });
}

function missedOf(result: Appended): readonly LogEntry[] {
  return result.outcome === 'stored' ? result.missed : [];
}

function textUpdate(text: string): Uint8Array {
  const doc = new Y.Doc();
  doc.clientID = 1;
  doc.getText('t').insert(0, text);
  return Y.encodeStateAsUpdate(doc);
}

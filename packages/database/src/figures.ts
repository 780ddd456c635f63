/**
 * Prints what an edit takes in Postgres, as a row and packed: `node packages/database/src/figures.ts [edits]`. Two documents of a text and of
 * registers, each in a database of its own; the text is the writing of a paper (infra/bench/data).
 */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { createHistory } from '@tidemark/history';
import { inlineBench } from '@tidemark/history/bench';
import * as Y from 'yjs';
import { createDocument, createHousehold, openTestHouse, type TestHouse } from './house.testing.ts';
import { brotli } from './packer.ts';

const most = Number(process.argv[2] ?? Number.POSITIVE_INFINITY);
const perAppend = 500;
/** An entry is stored so long after the one before it, as people write. */
const pause = '400 milliseconds';

/** One edit of a document. */
type Edit = (doc: Y.Doc) => void;

interface Trace {
  readonly txns: readonly { readonly patches: readonly (readonly [number, number, string])[] }[];
}

function paper(): Edit[] {
  const file = new URL('../../../infra/bench/data/automerge-paper.json.gz', import.meta.url);
  const { txns } = JSON.parse(gunzipSync(readFileSync(file)).toString()) as Trace;
  return txns.flatMap(({ patches }) =>
    patches.map(([at, deleted, inserted]) => (doc: Y.Doc) => {
      const text = doc.getText('text');
      if (deleted > 0) text.delete(at, deleted);
      if (inserted !== '') text.insert(at, inserted);
    }),
  );
}

/** 2,000 records of ten registers, then values written here and there, near the last place more often than not. */
function registers(): Edit[] {
  let seed = 1;
  const random = (below: number) => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed % below;
  };
  const records = 2_000;
  const record = (doc: Y.Doc, i: number) => doc.getMap<Y.Map<unknown>>('lines').get(`line-${i}`);
  const made = Array.from({ length: records }, (_, i) => (doc: Y.Doc) => {
    const line = new Y.Map<unknown>();
    for (let n = 0; n < 10; n += 1) line.set(`register${n}`, i * n);
    doc.getMap('lines').set(`line-${i}`, line);
  });
  let place = 0;
  const written = Array.from({ length: 98_000 }, () => {
    place = random(4) === 0 ? random(records) : (place + random(3)) % records;
    const [i, register, value] = [place, random(10), random(100_000)];
    return (doc: Y.Doc) => void record(doc, i)?.set(`register${register}`, value);
  });
  return [...made, ...written];
}

async function write(house: TestHouse, documentId: string, userId: string, edits: Edit[]): Promise<number> {
  const doc = new Y.Doc();
  let updates: Uint8Array[] = [];
  let head = 0;
  let bytes = 0;
  doc.on('update', (update: Uint8Array) => void updates.push(update));
  const flush = async () => {
    const entries = updates.map((update) => ({ update, userId, clientId: doc.clientID }));
    for (const { update } of entries) bytes += update.byteLength;
    updates = [];
    await house.database.updateLog.append({ documentId, epoch: 1, after: head, entries });
    head += entries.length;
  };
  for (const edit of edits) {
    doc.transact(() => edit(doc));
    if (updates.length >= perAppend) await flush();
  }
  await flush();
  const state = Y.encodeStateAsUpdate(doc);
  for (const lsn of [head - 1, head])
    await house.database.updateLog.saveCheckpoint({ documentId, epoch: 1, lsn, state });
  console.log(
    `  ${head} entries, ${(bytes / head).toFixed(1)} B each as an update; the state ${state.byteLength} B`,
  );
  return head;
}

async function sizeOf(house: TestHouse, table: string): Promise<number> {
  const { rows } = await house.owner.query<{ size: string }>(
    `select sum(pg_total_relation_size(c.oid)) as size from pg_class c
      where c.oid = $1::regclass or c.oid in (select inhrelid from pg_inherits where inhparent = $1::regclass)`,
    [`tidemark.${table}`],
  );
  return Number(rows[0]?.size);
}

async function measure(name: string, edits: Edit[]): Promise<void> {
  console.log(`${name}:`);
  const house = await openTestHouse();
  try {
    const household = await createHousehold(house.database);
    const id = await createDocument(house.database, household, 'estimate');
    const empty = await sizeOf(house, 'document_updates');
    const count = await write(house, id, household.userId, edits.slice(0, most));
    const log = await sizeOf(house, 'document_updates');
    console.log(`  rows, with index: ${((log - empty) / count).toFixed(1)} B per edit`);

    // As nothing but figures may: all of it was appended within seconds.
    await house.owner.query(
      `set tidemark.company = '${household.companyId}'; alter table tidemark.document_updates no force row level security;
       update tidemark.document_updates set stored_at = timestamptz '2026-01-01' + lsn * interval '${pause}' * (0.5 + random())`,
    );
    await house.owner.query('vacuum full tidemark.document_updates');
    const history = createHistory({
      store: house.database.history,
      bench: inlineBench(brotli),
      clock: { now: Date.now },
      journal: house.journal,
    });
    const start = performance.now();
    await history.archive(id);
    console.log(`  packed in ${Math.round(performance.now() - start)} ms`);
    const place = await house.database.history.place(id);
    await house.owner.query('vacuum full tidemark.document_updates');
    const rest = (await sizeOf(house, 'document_updates')) - empty;
    const parts = { segments: 'document_segments', 'history checkpoints': 'history_checkpoints' };
    for (const [what, table] of Object.entries(parts))
      console.log(`  ${what}: ${((await sizeOf(house, table)) / count).toFixed(2)} B per edit`);
    console.log(`  rows that stay: ${count - (place?.packed ?? 0)}, ${(rest / count).toFixed(2)} B per edit`);
  } finally {
    await house.close();
  }
}

await measure('The writing of a paper, one entry per keystroke', paper());
await measure('An estimate of 2,000 lines of ten registers, one entry per value', registers());

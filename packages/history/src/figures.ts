/**
 * Prints what the past of a document costs: `node packages/history/src/figures.ts`. In memory, in one process: a database and a thread come
 * on top. Milliseconds of CPU of this process, garbage collection included. Moments are spread over all LSNs, always the same ones.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, brotliDecompressSync, constants, gunzipSync } from 'node:zlib';
import type { KindName } from '@tidemark/documents';
import * as Y from 'yjs';
import { inlineBench } from './bench.ts';
import { createHistory } from './create-history.ts';
import { createMemoryHistory } from './memory-store.ts';
import type { Packer } from './ports.ts';

interface Edit {
  readonly update: Uint8Array;
  readonly userId: string;
  readonly clientId: number;
  readonly at: number;
}

const params = { [constants.BROTLI_PARAM_QUALITY]: 5, [constants.BROTLI_PARAM_LGWIN]: 22 };
const packer: Packer = {
  compress: (bytes) => brotliCompressSync(bytes, { params }),
  expand: (bytes) => brotliDecompressSync(bytes),
};
const begin = Date.UTC(2026, 0, 5, 8);
const documentId = 'document';

/** Records what a replica does; a pause of half an hour after every 2,000 edits, shorter ones between. */
function recorder(clientId: number): { readonly doc: Y.Doc; readonly edits: Edit[] } {
  const doc = new Y.Doc();
  doc.clientID = clientId;
  const edits: Edit[] = [];
  let at = begin;
  doc.on('update', (update: Uint8Array) => {
    at +=
      edits.length % 2_000 === 1_999
        ? 1_800_000
        : edits.length % 40 === 39
          ? 4_000
          : 150 + (edits.length % 97);
    const userId = `0193a5c0-1111-7000-8000-00000000000${(edits.length >> 9) % 3}`;
    edits.push({ update, userId, clientId, at });
  });
  return { doc, edits };
}

function traceOf(file: string): Edit[] {
  const { txns }: { txns: { patches: [place: number, deleted: number, inserted: string][] }[] } = JSON.parse(
    gunzipSync(readFileSync(file)).toString(),
  );
  const { doc, edits } = recorder(4_242_424_242);
  const text = doc.getText('text');
  for (const { patches } of txns) {
    doc.transact(() => {
      for (const [place, deleted, inserted] of patches) {
        if (deleted > 0) text.delete(place, deleted);
        if (inserted !== '') text.insert(place, inserted);
      }
    });
  }
  return edits;
}

/** An estimate of 2,000 lines, in which registers are written over and over. */
function registersOf(count: number): Edit[] {
  const { doc, edits } = recorder(3_141_592_653);
  const lines = doc.getMap<Y.Map<unknown>>('lines');
  for (let index = 0; edits.length < count; index += 1) {
    const id = `line-${(index * 7_919) % 2_000}`;
    const line = lines.get(id);
    if (line === undefined) {
      const registers = {
        name: `Line ${index}`,
        unit: 'm²',
        qty: index * 1_000,
        unitCost: index * 37,
        o: `a${index}`,
      };
      lines.set(id, new Y.Map<unknown>(Object.entries(registers)));
    } else {
      line.set(['qty', 'unitCost', 'note', 'o'][index % 4] ?? 'qty', (index * 104_729) % 10_000_019);
    }
  }
  return edits;
}

async function measure(name: string, kind: KindName, edits: readonly Edit[]): Promise<void> {
  const memory = createMemoryHistory(packer);
  const { store } = memory;
  memory.create(documentId, kind);
  for (const edit of edits) memory.append(documentId, [edit], edit.at);
  memory.allowPacking(documentId, edits.length - 500);
  const quiet = () => undefined;
  const journal = { debug: quiet, info: quiet, warn: quiet, error: console.error };
  const history = createHistory({ store, bench: inlineBench(packer), clock: Date, journal, cacheBytes: 0 });
  const count = edits.length;
  const raw = edits.reduce((sum, { update }) => sum + update.length, 0);
  console.log(`${name}: ${count.toLocaleString('en')} edits of ${(raw / count).toFixed(1)} bytes`);
  const line = (what: string, said: string) => console.log(`  ${what.padEnd(44)} ${said}`);
  const ms = (time: number) => `${time.toFixed(time < 10 ? 1 : 0)} ms`;
  const cpuOf = async (work: () => Promise<unknown>): Promise<number> => {
    const start = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1_000;
  };
  const timed = async (what: string, work: () => Promise<unknown>) => line(what, ms(await cpuOf(work)));

  await timed('pack all, with history checkpoints', () => history.archive(documentId));
  const { segments, states } = memory.stored(documentId);
  const checkpoints = [...states.values()].reduce((sum, bytes) => sum + bytes, 0);
  const each = (bytes: number) => `${(bytes / count).toFixed(2)} bytes an edit`;
  line('segments', each(segments));
  line(`history checkpoints (${states.size})`, each(checkpoints));
  line('both', each(segments + checkpoints));
  await timed('sessions of work of all entries', () => history.settle(documentId));

  const times: number[] = [];
  for (let index = 0; index < 300; index += 1) {
    const lsn = 1 + ((index * 2_654_435_761) % count);
    times.push(await cpuOf(() => history.stateAt(documentId, lsn)));
  }
  times.sort((a, b) => a - b);
  const at = (share: number) => ms(times[Math.floor((times.length - 1) * share)] ?? 0);
  line('a moment: p50, p99, most', `${at(0.5)}, ${at(0.99)}, ${at(1)}`);
  await timed('changes over the last 1,000 edits', () => history.changes(documentId, count - 1_000, count));
  await timed('changes over the last half', () => history.changes(documentId, count >> 1, count));
  await timed('changes over all', () => history.changes(documentId, 0, count));
  await timed('a page of 50', () => history.page(documentId, null, 50));
}

const trace = fileURLToPath(new URL('../../../infra/bench/data/automerge-paper.json.gz', import.meta.url));
await measure('Writing a paper', 'estimate', traceOf(trace));
await measure('Lines of an estimate', 'estimate', registersOf(100_000));

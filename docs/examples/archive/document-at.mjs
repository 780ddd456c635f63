/**
 * A document of a company's export (docs/export.md) as it was at an LSN, with nothing but Yjs:
 *
 *     node document-at.mjs <unzipped>/documents/<id> [lsn]
 *
 * Prints JSON: the LSN, the state as one update (v1, base64), and what it holds.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as Y from 'yjs';

const [folder = '.', wanted] = process.argv.slice(2);
const read = (name) => readFileSync(join(folder, name), 'utf8');

const { head, lives } = JSON.parse(read('document.json'));
const lsn = wanted === undefined ? head : Number(wanted);
if (lsn > head) throw new Error(`The log ends at ${head}.`);
// Each life begins with nothing: what came before it does not count.
let reached = lives.findLast(({ after }) => after < lsn)?.after ?? 0;
let updates = [];
for (const line of read('log.ndjson').split('\n').filter(Boolean)) {
  const { lsn: at, state, update } = JSON.parse(line);
  if (at <= reached || at > lsn) continue;
  // A state stands for all of its life before it; an entry goes on from the one before it.
  if (state !== undefined) updates = [state];
  else if (update !== undefined && at === reached + 1) updates.push(update);
  else continue;
  reached = at;
}
if (reached !== lsn) throw new Error(`Of ${lsn} no state is left.`);

const doc = new Y.Doc();
doc.transact(() => {
  for (const update of updates) Y.applyUpdate(doc, Buffer.from(update, 'base64'));
});

const content = Object.fromEntries([...doc.share.keys()].map((name) => [name, doc.getMap(name).toJSON()]));
const state = Buffer.from(Y.encodeStateAsUpdate(doc)).toString('base64');
console.log(JSON.stringify({ lsn, state, content }));

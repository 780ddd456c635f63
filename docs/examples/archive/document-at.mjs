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
const lines = (name) =>
  read(name)
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));

const { head, detailFrom, lives } = JSON.parse(read('document.json'));
const lsn = wanted === undefined ? head : Number(wanted);
// Each life begins with nothing: what came before it does not count.
const began = lives.findLast(({ after }) => after < lsn)?.after ?? 0;
// Where detail is thinned, a state stands for all of the life before it.
const moments = detailFrom > 1 ? lines('moments.ndjson') : [];
const moment = moments.findLast((each) => each.lsn > began && each.lsn <= lsn);
if (lsn > head) throw new Error(`The log ends at ${head}.`);
if (began + 1 < detailFrom && (moment?.lsn ?? 0) < Math.min(lsn, detailFrom - 1))
  throw new Error(`Of ${lsn} no state is left.`);

const doc = new Y.Doc();
const apply = (base64) => Y.applyUpdate(doc, Buffer.from(base64, 'base64'));
doc.transact(() => {
  if (moment) apply(moment.state);
  const after = moment?.lsn ?? began;
  for (const entry of lines('log.ndjson')) if (entry.lsn > after && entry.lsn <= lsn) apply(entry.update);
});

const content = Object.fromEntries([...doc.share.keys()].map((name) => [name, doc.getMap(name).toJSON()]));
const state = Buffer.from(Y.encodeStateAsUpdate(doc)).toString('base64');
console.log(JSON.stringify({ lsn, state, content }));

import type { Person } from '@tidemark/trials/harness/people';
import { seededRandom } from '@tidemark/trials/harness/random';
import * as Y from 'yjs';
import type { Writing, WrittenPast } from '../clients/written-past.ts';
import { type Contender, costOf } from '../contenders/contender.ts';
import { limitName, names } from '../goal.ts';
import type { Sheet, Stage } from '../stage.ts';
import { quantile } from '../statistics.ts';

/** A document with a long past, and who reads it. */
export interface Past extends WrittenPast, Pick<Writing, 'weigh'> {
  readonly name: string;
  readonly origin: string;
  readonly person: Person;
  readonly server: Contender;
}

interface Moments {
  /** What the figures are called by, when not by the document alone. */
  readonly when?: string;
  /** At most so many, and for about so many milliseconds. */
  readonly most: number;
  readonly ms: number;
}

/**
 * States at LSNs drawn at random, each asked for once, one after the other. Beside it what nobody can save: the bytes of a checkpoint near
 * by selected, and the state applied to a Y.Doc and encoded.
 */
export async function measureMoments(
  past: Past,
  { database }: Stage,
  sheet: Sheet,
  { when, most, ms: patience }: Moments,
): Promise<void> {
  // Others than before, which the server may remember.
  const random = seededRandom(when === undefined ? 1 : 2);
  const [took, limit]: [number[], number[]] = [[], []];
  let cpu = 0;
  const asked = new Set<number>();
  const ends = performance.now() + patience;
  while (took.length < most && performance.now() < ends) {
    const at = Math.floor(random() * past.weights.length);
    if (asked.has(at)) continue;
    asked.add(at);
    const [[state, ms], used] = await costOf(past.server, database, async () => {
      const began = performance.now();
      const state = await bytesOf(past, `${past.first + at}/state`);
      return [state, performance.now() - began] as const;
    });
    took.push(ms);
    cpu += used.cpu;
    limit.push(
      await timed(async () => {
        await database.sql.query(
          `select state from tidemark.history_checkpoints where document_id = $1 and lsn <= $2
           order by lsn desc limit 1`,
          [past.id, past.first + at],
        );
        const doc = new Y.Doc();
        Y.applyUpdate(doc, state);
        Y.encodeStateAsUpdate(doc);
      }),
    );
    const doc = new Y.Doc();
    Y.applyUpdate(doc, state);
    if (past.weigh(doc) !== past.weights[at]) throw new Error(`${past.name}: not the state at edit ${at}`);
  }
  const name = `${past.name}: any moment${when === undefined ? '' : `, ${when}`}`;
  const goal = when === undefined ? { goal: { figure: 150 } } : {};
  for (const [figure, share] of [
    ['p50', 0.5],
    ['p95', 0.95],
    ['p99', 0.99],
    ['the longest', 1],
  ] as const) {
    const row = { measured: `${name}: ${figure}`, unit: 'ms', better: 'less' as const };
    sheet.add({ ...row, ...(figure === 'p99' ? goal : {}) }, names.ours, quantile(took, share));
    sheet.add(row, limitName, quantile(limit, share));
  }
  const row = { unit: 'ms', better: 'less' as const };
  sheet.add({ ...row, measured: `${name}: server CPU, mean` }, names.ours, cpu / 1_000 / took.length);
}

/** The list as the panel reads it, and the stops of the scrubber. */
export async function measurePages(past: Past, sheet: Sheet): Promise<void> {
  const [first, further, stops]: [number[], number[], number[]] = [[], [], []];
  let items = 0;
  for (let n = 0; n < 20; n += 1) {
    let cursor: string | null = '';
    items = 0;
    for (const list of [first, ...Array.from({ length: 1_000 }, () => further)]) {
      const began = performance.now();
      const page: Page = JSON.parse((await bytesOf(past, `?${cursor}`)).toString()) as Page;
      list.push(performance.now() - began);
      items += page.items.length;
      cursor = page.nextCursor === null ? null : `cursor=${page.nextCursor}`;
      if (cursor === null) break;
    }
    stops.push(await timed(() => bytesOf(past, 'stops?from=0&most=500')));
  }
  add(sheet, `${past.name}: the first page of history`, first);
  add(sheet, `${past.name}: a further page, of ${items} sessions and versions`, further);
  add(sheet, `${past.name}: 500 stops of the scrubber`, stops);
}

interface Page {
  readonly items: readonly unknown[];
  readonly nextCursor: string | null;
}

/** Differences with their authors. */
export async function measureChanges(past: Past, sheet: Sheet, quick: boolean): Promise<void> {
  const random = seededRandom(7);
  const near: number[] = [];
  for (let n = 0; n < (quick ? 20 : 60); n += 1) {
    const from = past.first + Math.floor(random() * (past.weights.length - 1_000));
    near.push(await timed(() => bytesOf(past, `changes?from=${from}&to=${from + 1_000}`)));
  }
  add(sheet, `${past.name}: changes between two moments 1,000 edits apart, with authors`, near);
  const all: number[] = [];
  for (let n = 0; n < 3; n += 1)
    all.push(await timed(() => bytesOf(past, `changes?from=${n}&to=${past.head - n}`)));
  const measured = `${past.name}: changes from the beginning to the end, with authors`;
  for (const value of all) sheet.add({ measured, unit: 'ms', better: 'less' }, names.ours, value);
}

function add(sheet: Sheet, measured: string, values: readonly number[]): void {
  if (values.length === 0) return;
  for (const [figure, share] of [
    ['p50', 0.5],
    ['p99', 0.99],
  ] as const)
    sheet.add(
      { measured: `${measured}: ${figure}`, unit: 'ms', better: 'less' },
      names.ours,
      quantile(values, share),
    );
}

async function bytesOf({ id, origin, person }: Past, what: string): Promise<Buffer> {
  const path = `/api/documents/${id}/history${what.startsWith('?') ? '' : '/'}${what}`;
  const response = await person.call(origin, 'GET', path);
  const bytes = Buffer.from(await response.arrayBuffer());
  if (response.status !== 200) throw new Error(`${path} answered ${response.status}: ${bytes.toString()}`);
  return bytes;
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

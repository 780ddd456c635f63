import { setTimeout as pause } from 'node:timers/promises';
import { answer, type Person, signUp, signUpInvited } from '@tidemark/trials/harness/people';
import { moves, paper } from '../clients/writings.ts';
import { createBlank, restEntries, type WrittenPast, writePast } from '../clients/written-past.ts';
import type { Contender } from '../contenders/contender.ts';
import type { Database } from '../contenders/database.ts';
import { limitName, names } from '../goal.ts';
import { type Measurement, Sheet, type Stage } from '../stage.ts';
import { measureChanges, measureMoments, measurePages, type Past } from './history-reading.ts';

/** The past of long documents: any moment of them, their history, and what all that takes in Postgres. Ours alone. */
export const history: Measurement = {
  name: 'history',
  async run(stage) {
    const ours = stage.contenders.find(({ name }) => name === names.ours);
    if (ours === undefined) return [];
    const sheet = new Sheet();
    const { quick, say } = stage;
    const pasts = await write(stage, ours, sheet);
    say('moments, nothing packed yet');
    // The server's first look for what was left undone is 30 s after its start.
    await measureMoments(pasts[0]!, stage, sheet, { when: 'nothing packed yet', most: 60, ms: 18_000 });
    say('sessions, segments and history checkpoints are made');
    await archive(pasts, ours, stage, sheet);
    for (const past of pasts) await measureStorage(past, stage.database, sheet);
    say('moments, pages, stops, changes');
    for (const past of pasts)
      await measureMoments(past, stage, sheet, { most: quick ? 60 : 300, ms: 120_000 });
    await measurePages(pasts[0]!, sheet);
    await measureChanges(pasts[0]!, sheet, quick);
    return sheet.rows;
  },
};

/** Two documents, and a server that has just been started on them. */
async function write(stage: Stage, ours: Contender, sheet: Sheet): Promise<readonly Past[]> {
  const { sql } = stage.database;
  const origin = `http://${new URL((await ours.newRoom()).url).host}`;
  const person = await signUp(origin, 'Ada');
  const people = [
    person,
    await signUpInvited(origin, person, 'Ben', 'editor'),
    await signUpInvited(origin, person, 'Cleo', 'editor'),
  ];
  const authors = await Promise.all(people.map((each) => idOf(origin, each)));
  const text = await createBlank(origin, person, 'estimate');
  const board = await createBlank(origin, person, 'dashboard');
  await ours.end('SIGKILL');
  const pasts: Past[] = [];
  for (const [what, blank, writing] of [
    ['keystrokes', text, paper(stage.quick ? 20_000 : Number.POSITIVE_INFINITY)],
    ['moves of 100 charts', board, moves(stage.quick ? 5_000 : 20_000)],
  ] as const) {
    const edits = writing.edits.length;
    stage.say(`${edits} ${what} are written`);
    const before = await logBytes(stage.database);
    const written: WrittenPast = await writePast(sql, blank, authors, writing);
    const past = { ...written, name: `${edits} ${what}`, origin, person, server: ours, weigh: writing.weigh };
    const row = {
      measured: `${past.name}: a row of the log, with index`,
      unit: 'B',
      better: 'less',
    } as const;
    sheet.add(row, names.ours, ((await logBytes(stage.database)) - before) / edits);
    sheet.add(row, limitName, written.bytes / edits);
    pasts.push(past);
  }
  await sql.query('vacuum analyze');
  await ours.start();
  return pasts;
}

async function idOf(origin: string, person: Person): Promise<string> {
  const { user } = await answer<{ user: { id: string } }>(person.call(origin, 'GET', '/api/me'), 200);
  return user.id;
}

/** Waits until the server has done by itself what it does at its start, and tells what that took. */
async function archive(pasts: readonly Past[], ours: Contender, stage: Stage, sheet: Sheet): Promise<void> {
  const { sql } = stage.database;
  const ids = pasts.map(({ id }) => id);
  await ours.child.ask('watch');
  const before = await ours.child.ask('usage');
  for (const deadline = Date.now() + 600_000; ; await pause(500)) {
    const { rows } = await sql.query(
      `select 1 from tidemark.history_places p join tidemark.documents d on d.id = p.document_id
       where d.id = any ($1) and p.settled_lsn = d.head and p.packed_lsn = d.head - $2`,
      [ids, restEntries],
    );
    if (rows.length === ids.length && (await metric(pasts[0]!, 'tidemark_history_due')) === 0) break;
    if (Date.now() > deadline) throw new Error('the past of the documents is not archived after ten minutes');
  }
  const { blockedMs, cpu } = await ours.child.ask('unwatch');
  const entries = pasts.reduce((sum, { weights }) => sum + weights.length, 0);
  const measured = `${entries} edits made sessions of work, segments and history checkpoints`;
  const row = { unit: 'ms', better: 'less' as const };
  const took = (work: string) =>
    metric(pasts[0]!, `tidemark_history_archive_seconds_sum{work="${work}"}`).then((s) => s * 1_000);
  sheet.add({ ...row, measured: `${measured}: sessions` }, names.ours, await took('settle'));
  sheet.add({ ...row, measured: `${measured}: segments and checkpoints` }, names.ours, await took('archive'));
  sheet.add({ ...row, measured: `${measured}: CPU of the server` }, names.ours, (cpu - before.cpu) / 1_000);
  sheet.add(
    { ...row, measured: `${measured}: longest block of the event loop`, goal: { figure: 20 } },
    names.ours,
    blockedMs,
  );
}

/** A figure of the server's `/metrics`; 0 when it is not there. */
async function metric({ origin }: Past, name: string): Promise<number> {
  const text = await (await fetch(`${origin}/metrics`)).text();
  const line = text.split('\n').find((each) => each.startsWith(`${name} `));
  return line === undefined ? 0 : Number(line.slice(name.length));
}

/** What is packed takes, for each edit that is. */
async function measureStorage(past: Past, { sql }: Database, sheet: Sheet): Promise<void> {
  const { rows } = await sql.query<Record<'segments' | 'states' | 'sessions' | 'count', string | null>>(
    `select (select sum(pg_column_size(content)) from tidemark.document_segments where document_id = $1) as segments,
       (select sum(pg_column_size(state)) from tidemark.history_checkpoints where document_id = $1) as states,
       (select count(*) from tidemark.history_checkpoints where document_id = $1) as count,
       (select sum(pg_column_size(touched) + pg_column_size(stops) + 100) from tidemark.history_sessions
         where document_id = $1) as sessions`,
    [past.id],
  );
  const [{ segments, states, sessions, count }] = rows as [(typeof rows)[0]];
  const packed = past.weights.length - restEntries;
  const row = { unit: 'B', better: 'less' as const };
  const add = (what: string, bytes: number) =>
    sheet.add({ ...row, measured: `${past.name}: ${what}` }, names.ours, bytes / packed);
  add('a packed edit', Number(segments));
  add(`a packed edit, with its share of ${count} history checkpoints`, Number(segments) + Number(states));
  add('share of its session of work', Number(sessions));
}

/** Bytes of the log's tables and indexes. */
async function logBytes({ sql }: Database): Promise<number> {
  const { rows } = await sql.query<{ size: string }>(
    "select sum(pg_total_relation_size(relid)) as size from pg_partition_tree('tidemark.document_updates')",
  );
  return Number(rows[0]?.size);
}

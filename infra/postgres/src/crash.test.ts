import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as poll } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  asRoot,
  endAll,
  launch,
  makeDirectory,
  ordinary,
  query,
  type Server,
  start,
} from './child.testing.ts';
import { identity, postgresIn, signal } from './process-table.ts';

test('a directory goes from an ordinary user to root and back, with kills between', async () => {
  const directory = makeDirectory('ordinary');
  let n = 0;
  for (const user of ['ordinary', 'self', 'ordinary', 'self', 'ordinary'] as const) {
    const server = await start(directory.path, user);
    await query(server.connection, 'create table if not exists kept (n integer)');
    await query(server.connection, 'insert into kept values (1)');
    n += 1;
    expect(await query(server.connection, 'select count(*)::integer as n from kept')).toEqual([{ n }]);
    if (n % 2 === 0) await end(server);
    else {
      server.child.kill('SIGKILL');
      await server.ended;
    }
  }
  await end(await start(directory.path, 'ordinary'));
  directory.remove();
});

const users = asRoot ? (['self', 'ordinary'] as const) : (['self'] as const);

/** Resolves when `holds` does; the test's own time limit bounds it. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await poll(2);
}

/** An orderly end. */
async function end(server: Server): Promise<void> {
  server.child.kill('SIGTERM');
  await server.ended;
}

for (const user of users) {
  describe(`a crash of any kind leads to a clean start, as ${user === 'self' && asRoot ? 'root' : 'an ordinary user'}`, () => {
    let directory: ReturnType<typeof makeDirectory>;
    let dataPath: string;
    beforeEach(() => {
      directory = makeDirectory(user);
      dataPath = join(directory.path, 'postgres', 'data');
    });
    afterEach(async () => {
      await endAll();
      directory.remove();
    });

    test('node alone is killed: the postmaster left behind is stopped, and every commit is found', async () => {
      let server = await start(directory.path, user);
      await query(server.connection, 'create table kept (n integer)');
      for (let round = 1; round <= 3; round += 1) {
        await query(server.connection, `insert into kept values (${round})`);
        const before = server;
        before.child.kill('SIGKILL');
        await before.ended;
        expect(identity(before.pid)).not.toBeNull();
        server = await start(directory.path, user);
        expect(server.pid).not.toBe(before.pid);
        expect(identity(before.pid)).toBeNull();
        expect(await query(server.connection, 'select count(*)::integer as n from kept')).toEqual([
          { n: round },
        ]);
      }
      await end(server);
      expect(postgresIn(dataPath, null)).toEqual([]);
    });

    test('everything is killed at once', async () => {
      let server = await start(directory.path, user);
      await query(server.connection, 'create table kept (n integer)');
      for (let round = 1; round <= 3; round += 1) {
        await query(server.connection, `insert into kept values (${round})`);
        for (const pid of [...postgresIn(dataPath, server.pid), server.child.pid!]) signal(pid, 'SIGKILL');
        server = await start(directory.path, user);
        expect(await query(server.connection, 'select count(*)::integer as n from kept')).toEqual([
          { n: round },
        ]);
      }
      await end(server);
    });

    test('the postmaster dies and leaves a child at work: the child is ended first', async () => {
      const server = await start(directory.path, user);
      // A child that stands still does not notice that its postmaster is gone.
      const child = postgresIn(dataPath, server.pid).find((pid) => pid !== server.pid)!;
      signal(child, 'SIGSTOP');
      signal(server.child.pid!, 'SIGKILL');
      signal(server.pid, 'SIGKILL');
      await server.ended;
      const next = await start(directory.path, user);
      expect(identity(child)).toBeNull();
      await end(next);
    });

    test.for(['PG_VERSION', 'global/pg_control', 'base/4'])(
      'a kill during initdb, when it has written %s',
      async (mark) => {
        const { child, ended } = launch(directory.path, user);
        const inside = join(directory.path, 'postgres');
        await until(
          () =>
            existsSync(inside) &&
            readdirSync(inside).some(
              (name) => /^init-\d+$/.test(name) && existsSync(join(inside, name, mark)),
            ),
        );
        child.kill('SIGKILL');
        await ended;
        expect(existsSync(dataPath)).toBe(false);
        const server = await start(directory.path, user);
        expect(await query(server.connection, 'select 1 as one')).toEqual([{ one: 1 }]);
        expect(readdirSync(inside).filter((name) => name.startsWith('init-'))).toEqual([]);
        await end(server);
      },
    );

    test('a pid file that names a living process of somebody else', async () => {
      await end(await start(directory.path, user));
      const stranger = spawn('sleep', ['600'], asRoot ? ordinary : {});
      writeFileSync(
        join(dataPath, 'postmaster.pid'),
        `${stranger.pid}\n${dataPath}\n1\n5432\n\n\n1 1\nready\n`,
      );
      const server = await start(directory.path, user);
      expect(await query(server.connection, 'select 1 as one')).toEqual([{ one: 1 }]);
      expect(identity(stranger.pid!)).not.toBeNull();
      await end(server);
      stranger.kill();
    });

    test('a second start on one directory is refused, and harms nothing', async () => {
      const server = await start(directory.path, user);
      const second = launch(directory.path, user);
      expect((await second.line())?.sentence).toMatch(
        new RegExp(`^Another Tidemark \\(process ${server.child.pid}\\) already works in this DATA_DIR: `),
      );
      await second.ended;
      expect(await query(server.connection, 'select 1 as one')).toEqual([{ one: 1 }]);
      await end(server);
    });

    test('many starts at once on an empty directory: one wins, the others say why not', async () => {
      const starts = await Promise.all(
        Array.from({ length: 4 }, async () => {
          const { child, line, ended } = launch(directory.path, user);
          return { child, ended, said: await line() };
        }),
      );
      const won = starts.filter(({ said }) => said?.connection !== undefined);
      expect(won).toHaveLength(1);
      for (const { said } of starts)
        if (said !== won[0]!.said) expect(said?.sentence).toMatch(/^Another Tidemark/);
      for (const { child, ended } of starts) {
        child.kill('SIGTERM');
        await ended;
      }
    });

    test('Ctrl-C in the terminal reaches the group, and Postgres is stopped last, by us', async () => {
      const { child, line, ended } = launch(directory.path, user);
      const { pid } = (await line()) as { pid: number };
      process.kill(-child.pid!, 'SIGINT');
      expect(await line()).toEqual({ still: 1 });
      await ended;
      expect(identity(pid)).toBeNull();
      expect(existsSync(join(dataPath, 'postmaster.pid'))).toBe(false);
      expect(readFileSync(join(directory.path, 'postgres', 'postgres.log'), 'utf8')).toContain(
        'fast shutdown',
      );
    });
  });
}

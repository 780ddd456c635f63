import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dialects } from '@tidemark/conformance';
import { names } from '../goal.ts';
import { fileOf } from './child.ts';
import type { Contender } from './contender.ts';
import type { Database } from './database.ts';
import { namedRooms } from './named-rooms.ts';
import { tidemark } from './tidemark.ts';

/** Everybody in the comparison, ours last. */
export async function assemble(dataDir: string, database: Database): Promise<Contender[]> {
  const resolve = createRequire(import.meta.url).resolve;
  const hocuspocus = {
    dialect: dialects.hocuspocus,
    relay: false,
    acks: 'hocuspocus' as const,
    script: fileOf('../processes/hocuspocus.ts', import.meta.url),
    ready: /^listening/,
  };
  return [
    await namedRooms({
      name: names.relay,
      dialect: dialects['y-websocket'],
      relay: true,
      acks: null,
      durable: false,
      script: fileOf('../processes/relay.ts', import.meta.url),
      ready: /^listening/,
    }),
    await namedRooms({
      name: 'y-websocket',
      dialect: dialects['y-websocket'],
      relay: false,
      acks: null,
      durable: false,
      script: resolve('y-websocket-2/package.json').replace(/package\.json$/, 'bin/server.cjs'),
      ready: /^running at/,
    }),
    await namedRooms({ ...hocuspocus, name: 'Hocuspocus', durable: false }),
    await namedRooms({
      ...hocuspocus,
      name: 'Hocuspocus + Postgres',
      durable: true,
      env: { POSTGRES: JSON.stringify(database.connection) },
    }),
    tidemark(dataDir, database),
  ];
}

/** The packages that are compared, with the versions that are installed. */
export function versions(): Record<string, string> {
  const resolve = createRequire(import.meta.url).resolve;
  const versionOf = (name: string) =>
    (JSON.parse(readFileSync(packageFile(resolve(name), name), 'utf8')) as { version: string }).version;
  return Object.fromEntries(
    ['y-websocket-2/package.json', '@hocuspocus/server', '@hocuspocus/extension-database', 'ws', 'yjs'].map(
      (name) => [name.replace('-2/package.json', ''), versionOf(name)],
    ),
  );
}

/** Not every package exports its package.json: it stands above what `require` finds. */
function packageFile(entry: string, name: string): string {
  if (entry.endsWith('package.json')) return entry;
  const at = entry.lastIndexOf(`node_modules/${name}/`);
  return `${entry.slice(0, at)}node_modules/${name}/package.json`;
}

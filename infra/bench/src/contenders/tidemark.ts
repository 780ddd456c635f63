import { type Address, dialects } from '@tidemark/conformance';
import { createDocument, type Person, signUp, signUpInvited, syncUrl } from '@tidemark/trials/harness/people';
import { names } from '../goal.ts';
import { type Child, fileOf, startChild } from './child.ts';
import type { Contender } from './contender.ts';
import type { Database } from './database.ts';

/** Our server as `npm run serve` runs it, on the benchmark's Postgres. */
export function tidemark(dataDir: string, database: Database): Contender {
  let child: Child | null = null;
  let origin = '';
  let person: Person | null = null;
  let colleague: Person | null = null;
  const somebody = () => {
    if (person === null) throw new Error('nobody has signed up');
    return person;
  };
  const addressOf = async (id: string): Promise<Address> => ({
    url: await syncUrl(origin, somebody(), id),
    room: id,
    ...(colleague === null ? {} : { asSomebodyElse: await syncUrl(origin, colleague, id) }),
  });
  return {
    name: names.ours,
    dialect: dialects['y-websocket'],
    relay: false,
    acks: 'tidemark',
    durable: true,
    get child() {
      if (child === null) throw new Error('Tidemark is not running');
      return child;
    },
    async start() {
      const [started, ready] = await startChild({
        script: fileOf('../../../../apps/server/src/main.ts', import.meta.url),
        ready: /^Tidemark is ready at (http:\S+)$/,
        env: {
          HOST: '127.0.0.1',
          // The port stays, so that sync URLs outlive a restart.
          PORT: origin === '' ? '0' : new URL(origin).port,
          DATA_DIR: dataDir,
          DATABASE_URL: database.url,
          LOG_LEVEL: 'error',
        },
      });
      child = started;
      origin = ready[1] ?? '';
      person ??= await signUp(origin, 'Bench');
    },
    async end(signal) {
      await child?.end(signal);
      child = null;
    },
    newRoom: async () => addressOf(await createDocument(origin, somebody(), 'Bench')),
    again: ({ room }) => addressOf(room),
    async invite() {
      colleague = await signUpInvited(origin, somebody(), 'Colleague', 'editor');
      const stranger = await signUp(origin, 'Stranger');
      const theirs = await createDocument(origin, stranger, 'Theirs');
      const { url, room } = await addressOf(await createDocument(origin, somebody(), 'Ours'));
      return { denied: url.replace(room, theirs) };
    },
  };
}

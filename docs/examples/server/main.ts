// A server of your own with Tidemark's engine in it. `node docs/examples/server/main.ts`
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import { createWorkers, installDoor, nodeClock } from '@tidemark/door';
import { refuse } from '@tidemark/protocol';
import { createLobby } from '@tidemark/sync';
import Fastify from 'fastify';
import { journal } from './journal.ts';
import { login } from './login.ts';
import { openStore } from './store.ts';

const documents = ['00000000-0000-4000-8000-000000000001'];

const store = await openStore(process.env.DATABASE_URL, documents);
const workers = createWorkers();
const lobby = createLobby({
  log: store.log,
  bus: store.bus,
  clock: nodeClock,
  workbench: workers,
  journal,
  // Everybody who is signed in may edit. Ask your own table here, and call the listener when it changes.
  access: { access: async () => 'edit', onChanged: () => () => undefined },
});

const app = Fastify();
const people = login(app);
await installDoor(app, {
  lobby,
  identify: async (request) => {
    const { token } = request.query as { token?: string };
    const name = people.nameOf(token);
    return name === null ? refuse('not-signed-in') : { userId: name, atMost: 'edit', credential: null };
  },
});
await app.register(fastifyStatic, { root: fileURLToPath(new URL('../page/dist', import.meta.url)) });

const origin = await app.listen({ host: '127.0.0.1', port: Number(process.env.PORT ?? 3100) });
console.log(`Open ${origin} in two windows.`);

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, async () => {
    await lobby.drain(); // stores what is dirty, then closes everybody with 1012
    await app.close();
    await workers.close();
    await store.close();
  });
}

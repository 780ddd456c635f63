import { expect, test } from 'vitest';
import { createProvider } from './provider.ts';
import { createModelServer } from './testing/model-server.ts';
import { createVirtualClock, seeded } from './testing/virtual-clock.ts';

function start(server = createModelServer(), more: Partial<Parameters<typeof createProvider>[0]> = {}) {
  const clock = createVirtualClock();
  const provider = createProvider({
    url: 'ws://test/sync',
    documentId: 'd1',
    offline: false,
    WebSocket: server.WebSocket,
    clock,
    random: seeded(1),
    ...more,
  });
  return { server, clock, provider };
}

test('an edit is saved once the server has stored it, not before', async () => {
  const { server, clock, provider } = start(createModelServer({ autoStore: false }));
  await clock.advance(0);
  server.store();
  await clock.advance(0);
  expect(provider.status()).toMatchObject({ state: 'saved' });
  provider.doc.getMap('a').set('x', 1);
  await clock.advance(0);
  expect(server.shown().getMap('a').get('x')).toBe(1);
  expect(provider.status()).toMatchObject({ state: 'saving', pending: 1, unsafe: true });
  server.store();
  await clock.advance(0);
  expect(provider.status()).toMatchObject({ state: 'saved', pending: 0 });
  expect(await provider.flush()).toEqual({ lsn: 2 });
  await provider.destroy();
});

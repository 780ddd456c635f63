import type { Provider, ProviderOptions } from '../front-door.ts';
import { createProvider } from '../provider.ts';
import { fakeWebSocket } from './fake-socket.ts';
import { createModelServer, type ModelServer, type ModelSettings } from './model-server.ts';
import { createVirtualClock, seeded, type VirtualClock } from './virtual-clock.ts';

export interface Started {
  readonly server: ModelServer;
  readonly clock: VirtualClock;
  readonly provider: Provider;
}

/** A provider (nothing kept on a device) before a model server, under a virtual clock. */
export async function start(
  settings: Partial<ModelSettings> = {},
  options: Partial<ProviderOptions> = {},
): Promise<Started> {
  const clock = createVirtualClock();
  const server = createModelServer(settings);
  const provider = createProvider({
    url: 'ws://test/sync',
    documentId: 'd1',
    offline: false,
    WebSocket: fakeWebSocket(server),
    clock,
    random: seeded(1),
    ...options,
  });
  await clock.advance(0);
  return { server, clock, provider };
}

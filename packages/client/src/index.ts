export { anyTopic } from '@tidemark/protocol';
export type { Clock } from './clock.ts';
export type { Flushed, Provider, ProviderOptions } from './front-door.ts';
export { askToKeepStorage } from './keep-storage.ts';
export { discardSetAside, listOnDevice, listSetAside, readSetAside, type SetAside } from './lives.ts';
export { createProvider } from './provider.ts';
export type { Status } from './status.ts';

export { decodeFrame, encodeFrame } from './codec.ts';
export type { Access, AccessChange, Ack, Frame, Hello, News, RefusalNotice, StorageState } from './frames.ts';
export { anyTopic, isContentFrame } from './frames.ts';
export { limits } from './limits.ts';
export type { Refusal, RefusalCode, RefusalKind } from './refusals.ts';
export { isFinalClose, isRefusal, refusals, refuse } from './refusals.ts';
export { subprotocol } from './version.ts';

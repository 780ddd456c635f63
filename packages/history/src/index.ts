export { approach, defaultPage } from './approach.ts';
export { createHistory } from './create-history.ts';
export type { Page } from './gather.ts';
export type { History, HistoryPage, Moment, PageCursor, PageItem, Stop, Thinning } from './history.ts';
export { Cancelled } from './history.ts';
export type { MemoryHistory } from './memory-store.ts';
export { createMemoryHistory } from './memory-store.ts';
export type {
  Author,
  AuthoredChanges,
  AuthoredDifference,
  AuthoredText,
  AutomaticReason,
  AutomaticVersion,
  Cancel,
  Comparison,
  Entries,
  HistoryBench,
  HistoryPlace,
  HistoryStore,
  Life,
  Material,
  Packed,
  Packer,
  Segment,
  StoredState,
  TimedLsn,
  Touched,
  TouchedCollection,
  WorkSession,
} from './ports.ts';
export { packEntries, unpackEntries } from './segment.ts';
export type { HistoryOptions } from './world.ts';

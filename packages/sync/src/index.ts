export type { Lobby, LobbyOptions } from './front-door.ts';
export type { RoomHooks } from './hooks.ts';
export { inspect } from './inspection.ts';
export { createLobby } from './lobby.ts';
export type { Carriage, MemoryHub } from './memory-bus.ts';
export { createMemoryHub } from './memory-bus.ts';
export type { MemoryLog } from './memory-log.ts';
export { createMemoryLog } from './memory-log.ts';
export type { Measure, Observer } from './observer.ts';
export type {
  AccessPolicy,
  Appended,
  Batch,
  Bus,
  BusStats,
  Checkpoint,
  Clock,
  LoadedDocument,
  Log,
  LogEntry,
  NewEntry,
  Principal,
  Quarantine,
  Quarantined,
  RightsScope,
  Socket,
  Unreadable,
  UpdateLog,
  WatchedBus,
  Workbench,
} from './ports.ts';
export type { RoomReport, SessionReport } from './report.ts';
export type { Session } from './session.ts';
export type { Settings } from './settings.ts';
export { defaultSettings } from './settings.ts';
export type { LobbyStats } from './statistics.ts';

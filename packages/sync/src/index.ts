export type { RoomHooks } from './hooks.ts';
export type { Lobby, LobbyOptions, LobbyStats } from './lobby.ts';
export { createLobby } from './lobby.ts';
export type { MemoryLog } from './memory-log.ts';
export { createMemoryLog } from './memory-log.ts';
export type { Observer } from './observer.ts';
export type {
  AccessPolicy,
  Appended,
  Batch,
  Bus,
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
  Workbench,
} from './ports.ts';
export type { Session } from './session.ts';
export type { Settings } from './settings.ts';
export { defaultSettings } from './settings.ts';

import type { Counters } from './counters.ts';
import type { RoomHooks } from './hooks.ts';
import type { Observer } from './observer.ts';
import type { Clock, Log, Quarantine, UpdateLog, Workbench } from './ports.ts';
import type { Settings } from './settings.ts';

/** What every room of a lobby shares. */
export interface World {
  readonly log: UpdateLog;
  readonly clock: Clock;
  readonly journal: Log;
  readonly hooks: RoomHooks;
  readonly settings: Settings;
  readonly counters: Counters;
  readonly workbench: Workbench;
  readonly quarantine: Quarantine;
  readonly observe: Observer;
}

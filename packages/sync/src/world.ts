import type { Counters } from './counters.ts';
import type { RoomHooks } from './hooks.ts';
import type { Clock, Log, UpdateLog } from './ports.ts';
import type { Settings } from './settings.ts';

/** What every room of a lobby shares. */
export interface World {
  readonly log: UpdateLog;
  readonly clock: Clock;
  readonly journal: Log;
  readonly hooks: RoomHooks;
  readonly settings: Settings;
  readonly counters: Counters;
}

import type { Counters } from './counters.ts';
import type { Gate } from './gate.ts';
import type { RoomHooks } from './hooks.ts';
import type { Neighbours } from './neighbours.ts';
import type { Observer } from './observer.ts';
import type { Clock, Log, Quarantined, UpdateLog, Workbench } from './ports.ts';
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
  /** Into the quarantine, without waiting for it. */
  readonly setAside: (item: Quarantined) => void;
  /** What checkpoints pass through, so that not all documents are made anew at once. */
  readonly compactions: Gate;
  readonly observe: Observer;
  /** The other processes, or null where there is no bus. */
  readonly neighbours: Neighbours | null;
}

import type { Database } from '@tidemark/database';
import { createHistory } from '@tidemark/history';
import type { Clock, Lobby, Log } from '@tidemark/sync';
import type { Spaces } from '../company/spaces.ts';
import type { Catalogue } from '../documents/catalogue.ts';
import type { Workshop } from '../documents/workshop.ts';
import type { Statuses } from '../estimates/statuses.ts';
import type { App } from '../http/routes.ts';
import { createOneAtATime } from '../versions/one-at-a-time.ts';
import type { Versions } from '../versions/versions.ts';
import { actRoutes } from './act-routes.ts';
import { createActs } from './acts.ts';
import { createArchivist } from './archivist.ts';
import type { ArchivistSettings } from './archivist-settings.ts';
import { createChanges } from './changes.ts';
import { createEdits } from './edits.ts';
import type { HistoryMetrics } from './history-metrics.ts';
import { historyRoutes } from './history-routes.ts';
import { createHistoryThreads } from './history-threads.ts';
import { createLedger } from './ledger.ts';
import { momentRoutes } from './moment-routes.ts';
import { createNames } from './names.ts';
import { createRecovery } from './recovery.ts';
import { createRecoveryPlans } from './recovery-plans.ts';
import { recoveryRoutes } from './recovery-routes.ts';
import { createRetentions } from './retention.ts';
import { retentionRoutes } from './retention-routes.ts';
import { createTimeline } from './timeline.ts';

/** The past of documents: who keeps it, and the addresses where it is asked for. */
export interface PastRoom {
  /** A document has changed. */
  touched(documentId: string): void;
  routes(app: App): void;
  /** Begins with what was left undone. */
  start(): void;
  /** Gives up what is under way; all of it is found again. */
  close(): Promise<void>;
}

export interface PastRoomOptions {
  readonly database: Pick<Database, 'app' | 'history'>;
  readonly lobby: Pick<Lobby, 'read' | 'edit' | 'tell'>;
  readonly catalogue: Catalogue;
  readonly spaces: Spaces;
  readonly workshop: Pick<Workshop, 'fork'>;
  readonly versions: Versions;
  readonly statuses: Pick<Statuses, 'mend'>;
  readonly metrics: HistoryMetrics;
  readonly clock: Clock;
  readonly journal: Log;
  readonly settings?: Partial<ArchivistSettings>;
}

export function createPastRoom(options: PastRoomOptions): PastRoom {
  const { database, lobby, catalogue, spaces, workshop, versions, statuses, metrics, clock, journal } =
    options;
  const now = () => clock.now();
  const store = metrics.observeStore(database.history);
  const bench = createHistoryThreads();
  const history = metrics.observe(createHistory({ store, bench, clock, journal }));
  const names = createNames(database);
  const retentions = createRetentions(database, now);
  const timeline = createTimeline({ store, history, versions, names, retentions });
  const archivist = createArchivist({
    store,
    history,
    ledger: createLedger(database),
    turns: createOneAtATime(database.app, 'history'),
    retentions,
    names,
    clock,
    journal,
    changed: (documentId) => lobby.tell(documentId, 'history'),
    failed: metrics.failed,
    ...(options.settings ? { settings: options.settings } : {}),
  });
  metrics.watchDue(() => archivist.due());
  return {
    touched: (documentId) => archivist.touched(documentId),
    routes(app) {
      const edits = createEdits({ store });
      historyRoutes(app, { catalogue, history, edits, timeline, archivist, statuses });
      momentRoutes(app, {
        catalogue,
        store,
        history,
        changes: createChanges({ history, store, versions, names }),
      });
      const acts = createActs({ database, store, history, lobby, versions, workshop, timeline, now });
      actRoutes(app, { catalogue, acts });
      const plans = createRecoveryPlans({ database, store, names });
      const recovery = createRecovery({
        ...{ database, plans, history, acts, catalogue, versions, workshop, journal },
      });
      recoveryRoutes(app, { spaces, plans, recovery, now });
      retentionRoutes(app, retentions);
    },
    start: () => archivist.start(),
    async close() {
      const kept = archivist.close();
      // What is in a thread is given up, or it would be waited for.
      await bench.close();
      await kept;
    },
  };
}

import type { Journal } from './journal.ts';
import type { Postmaster } from './postmaster.ts';

export type SupervisorState = 'running' | 'restarting' | 'stopped';

export interface Supervisor {
  readonly pid: number | null;
  readonly state: SupervisorState;
  readonly exited: Promise<void>;
  stop(): Promise<void>;
}

/**
 * Pauses before a restart, in milliseconds: short at first, for a lone crash, then doubling; the most after a run that
 * was ready, and the most after a start that failed.
 */
const backOff = { first: 50, mostAfterRun: 1_000, mostAfterFailure: 10_000 };
/** A run this long, in milliseconds, forgets the earlier crashes. */
const healthyRunMs = 60_000;

/** Starts a postmaster (a failure of this first start is thrown) and starts it again whenever it dies, until stopped. */
export async function supervise(start: () => Promise<Postmaster>, log: Journal): Promise<Supervisor> {
  let current: Postmaster | null = await start();
  let state: SupervisorState = 'running';
  let wake: () => void = () => undefined;
  const stopping = () => state === 'stopped';
  // An exit without stop() (a fault nobody caught) still asks Postgres to end, so that the next start finds none.
  const onExit = () => current?.stopLater();
  process.on('exit', onExit);
  log.info('postgres.started', { pid: current.pid });

  const pause = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  const keepRunning = async () => {
    let delay = backOff.first;
    while (!stopping()) {
      if (current !== null) {
        const since = Date.now();
        const end = await current.ended;
        current = null;
        if (stopping()) break;
        state = 'restarting';
        delay = Date.now() - since > healthyRunMs ? backOff.first : Math.min(delay, backOff.mostAfterRun);
        log.error('postgres.died', { ...end, restartInMs: delay });
      }
      await pause(delay);
      delay = Math.min(delay * 2, backOff.mostAfterFailure);
      if (stopping()) break;
      try {
        current = await start();
        if (stopping()) await current.stop();
        else {
          state = 'running';
          log.info('postgres.started', { pid: current.pid });
        }
      } catch (error) {
        log.error('postgres.restart-failed', { error, nextInMs: delay });
      }
    }
    process.off('exit', onExit);
  };
  const exited = keepRunning();

  return {
    get pid() {
      return current?.pid ?? null;
    },
    get state() {
      return state;
    },
    exited,
    async stop() {
      state = 'stopped';
      wake();
      await current?.stop();
      await exited;
    },
  };
}

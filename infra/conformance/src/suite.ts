import { type Check, type Need, type Result, Skipped } from './check.ts';
import { awareness } from './checks/awareness.ts';
import { durability } from './checks/durability.ts';
import { handshake } from './checks/handshake.ts';
import { load } from './checks/load.ts';
import { reconnecting } from './checks/reconnecting.ts';
import { rights } from './checks/rights.ts';
import { robustness } from './checks/robustness.ts';
import { rooms } from './checks/rooms.ts';
import { updates } from './checks/updates.ts';
import { layGround } from './ground.ts';
import type { Subject } from './subject.ts';
import { Visitor } from './visitor.ts';

/** What may end a server comes last. */
export const checks: readonly Check[] = [
  ...handshake,
  ...updates,
  ...awareness,
  ...rights,
  ...rooms,
  ...reconnecting,
  ...load,
  ...durability,
  ...robustness,
];

/** Asks `subject` every check (or those for which `wanted` holds), one after the other. Never rejects for what the server does. */
export async function runSuite(
  subject: Subject,
  { wanted = () => true, told = () => undefined }: SuiteOptions = {},
): Promise<Result[]> {
  const results: Result[] = [];
  for (const check of checks.filter(wanted)) {
    const result = await ask(subject, check);
    results.push(result);
    told(result);
    if (result.outcome === 'fail') await revive(subject);
  }
  return results;
}

export interface SuiteOptions {
  readonly wanted?: (check: Check) => boolean;
  /** Hears each result as it comes. */
  readonly told?: (result: Result) => void;
}

async function ask(subject: Subject, check: Check): Promise<Result> {
  const { id, group, says } = check;
  const began = performance.now();
  const end = (outcome: Result['outcome'], detail: string): Result => ({
    ...{ id, group, says, outcome, detail },
    milliseconds: Math.round(performance.now() - began),
  });
  const missing = check.needs?.find((need) => !has(subject, need));
  if (missing) return end('skip', reasons[missing]);
  const { ground, clear } = layGround(subject, id);
  try {
    await check.run(ground);
    return end('pass', '');
  } catch (error) {
    return error instanceof Skipped ? end('skip', error.message) : end('fail', tell(error));
  } finally {
    clear();
  }
}

function has(subject: Subject, need: Need): boolean {
  if (need === 'rooms') return subject.freshRooms;
  return need === 'restart' ? subject.restart !== undefined : subject.denied !== undefined;
}

const reasons: Readonly<Record<Need, string>> = {
  rooms: 'needs rooms that nobody has used, and there is but one room',
  restart: 'no way to restart the server was given',
  denied: 'no URL that is denied was given',
};

/** A server that a check has ended is started again, so that the next check is not judged by it. */
async function revive(subject: Subject): Promise<void> {
  if (!subject.restart) return;
  const { dialect } = subject;
  try {
    const visitor = await Visitor.at(await subject.room('alive'), { dialect, patience: subject.patience });
    await visitor.sync();
    visitor.cut();
  } catch {
    await subject.restart(); // whatever was wrong with it
  }
}

function tell(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.message || error.name || String((error as NodeJS.ErrnoException).code);
}

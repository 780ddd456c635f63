export const threadFailureCodes = ['too-slow', 'out-of-memory', 'busy', 'closed', 'broken'] as const;

/**
 * Why a thread has done no work: `too-slow` and `out-of-memory` cost the thread; `busy` may be asked again; `closed` will do nothing more; `broken`
 * is a bug, told in `detail`.
 */
export type ThreadFailureCode = (typeof threadFailureCodes)[number];

/** An answer that is none. A room that uses threads adds codes of its own. */
export interface Failure<Code extends string = string> {
  readonly failed: Code;
  readonly detail: string;
}

export function isFailure<T>(value: T): value is Extract<T, Failure> {
  return typeof value === 'object' && value !== null && 'failed' in value;
}

export function fail<Code extends string>(failed: Code, detail: string): Failure<Code> {
  return { failed, detail };
}

/** A fault or a bug, told with its stack. */
export function failBroken(fault: unknown): Failure<'broken'> {
  return fail('broken', fault instanceof Error ? (fault.stack ?? fault.message) : String(fault));
}

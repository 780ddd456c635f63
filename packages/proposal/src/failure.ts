export const failureCodes = [
  'no-price',
  'too-large',
  'too-slow',
  'out-of-memory',
  'busy',
  'closed',
  'broken',
] as const;

export type FailureCode = (typeof failureCodes)[number];

/**
 * Why there is no PDF: `no-price` is an estimate whose bid cannot be reckoned; `too-large` passes a bound; `too-slow` and `out-of-memory` cost their thread; `busy` may be asked again; `broken`
 * is a bug, told in `detail`.
 */
export interface Failure {
  readonly failed: FailureCode;
  readonly detail: string;
}

export function isFailure(value: unknown): value is Failure {
  return typeof value === 'object' && value !== null && 'failed' in value;
}

export function fail(failed: FailureCode, detail: string): Failure {
  return { failed, detail };
}

import { type Failure as FailureOf, threadFailureCodes } from '@tidemark/threads';

export { fail, isFailure } from '@tidemark/threads';

export const failureCodes = ['no-price', 'too-large', ...threadFailureCodes] as const;

export type FailureCode = (typeof failureCodes)[number];

/** Why there is no PDF: `no-price` is an estimate whose bid cannot be reckoned; `too-large` passes a bound; the others are those of threads. */
export type Failure = FailureOf<FailureCode>;

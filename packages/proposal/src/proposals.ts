import type { Failure } from './failure.ts';
import type { Offer } from './offer.ts';
import { createPress, type PressOptions } from './press.ts';

/** Offers written as PDFs in worker threads. No call rejects; what cannot be done is answered with a failure. */
export interface Proposals {
  /** The same offer gives the same bytes. */
  make(offer: Offer): Promise<Uint8Array | Failure>;
  /** Answers what is under way with `closed` and ends the threads. */
  destroy(): Promise<void>;
}

const defaults: PressOptions = {
  threads: 1,
  timeoutMs: 30_000,
  idleMs: 60_000,
  memoryMb: 512,
  waiting: 100,
};

export function createProposals(options: Partial<PressOptions> = {}): Proposals {
  const press = createPress(new URL('./thread.ts', import.meta.url), { ...defaults, ...options });
  return { make: (offer) => press.do(offer), destroy: () => press.close() };
}

import { Threads, type ThreadsOptions } from '@tidemark/threads';
import type { Failure } from './failure.ts';
import type { Offer } from './offer.ts';

export type PressOptions = Omit<ThreadsOptions, 'words'>;

export type Printed = Uint8Array | Failure;

/** The threads that write PDFs. */
export type Press = Threads<Offer, Printed>;

export function createPress(script: URL, options: PressOptions): Press {
  const words = {
    'too-slow': `The proposal took more than ${options.timeoutMs} ms.`,
    'out-of-memory': 'The proposal took more memory than one may.',
    busy: 'Too many proposals are being written.',
    closed: 'No more proposals are written.',
  };
  return new Threads(script, { ...options, words });
}

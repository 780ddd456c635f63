import { Threads, type ThreadsOptions } from '@tidemark/threads';
import type { Answer, Job } from './request.ts';

export type StudioOptions = Omit<ThreadsOptions, 'words'>;

/** The threads that draw. */
export type Studio = Threads<Job, Answer>;

export function createStudio(script: URL, options: StudioOptions): Studio {
  const words = {
    'too-slow': `The picture took more than ${options.timeoutMs} ms.`,
    'out-of-memory': 'The picture took more memory than one may.',
    busy: 'Too many pictures are being drawn.',
    closed: 'The pictures are closed.',
  };
  return new Threads(script, { ...options, words });
}

import { type DrawOptions, type Failure, isFailure } from './request.ts';
import { createStudio, type Studio, type StudioOptions } from './studio.ts';

/** Diagrams in BPMN 2.0 XML, read and drawn in worker threads. No call rejects; what cannot be done is answered with a failure. */
export interface Pictures {
  /**
   * The file as bpmn-js would have it after opening it once: what is in collapsed subprocesses on planes of its own, and what has no
   * shape laid out. A file that needs none of it comes back as it is; the same file gives the same answer everywhere.
   */
  normalise(xml: string): Promise<string | Failure>;
  draw(xml: string, options: DrawOptions): Promise<Uint8Array | Failure>;
  /** For the figures of a server. */
  stats(): { readonly threads: number; readonly waiting: number };
  /** Answers what is under way with `closed` and ends the threads. */
  destroy(): Promise<void>;
}

const defaults: StudioOptions = {
  threads: 1,
  timeoutMs: 20_000,
  idleMs: 60_000,
  memoryMb: 768,
  waiting: 200,
};

export function createPictures(options: Partial<StudioOptions> = {}): Pictures {
  return picturesOf(createStudio(new URL('./thread.ts', import.meta.url), { ...defaults, ...options }));
}

export function picturesOf(studio: Studio): Pictures {
  return {
    async normalise(xml) {
      const answer = await studio.do({ work: 'normalise', xml });
      if (isFailure(answer)) return answer;
      if (!('xml' in answer)) throw new Error('A thread has answered a call to normalise with a picture.');
      return answer.xml;
    },
    async draw(xml, options) {
      const answer = await studio.do({ work: 'draw', xml, options });
      if (isFailure(answer)) return answer;
      if (!('bytes' in answer)) throw new Error('A thread has answered a call to draw without a picture.');
      return answer.bytes;
    },
    stats: () => ({ threads: studio.threads, waiting: studio.waiting }),
    destroy: () => studio.close(),
  };
}

import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

/** The writing of a paper, keystroke by keystroke: see `infra/bench/data`. */
interface Trace {
  readonly patches: readonly Patch[];
  readonly endContent: string;
}

/** At this place so many characters are deleted, then these are inserted. */
export type Patch = readonly [at: number, deleted: number, inserted: string];

export function readTrace(): Trace {
  const file = new URL('../../data/automerge-paper.json.gz', import.meta.url);
  const { txns, endContent } = JSON.parse(gunzipSync(readFileSync(file)).toString()) as {
    txns: readonly { readonly patches: readonly Patch[] }[];
    endContent: string;
  };
  return { patches: txns.flatMap(({ patches }) => patches), endContent };
}

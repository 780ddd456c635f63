import type * as Y from 'yjs';
import type { KindSchema } from './schema.ts';
import { readState, type State } from './state.ts';
import { readTexts } from './texts.ts';

/** All that a document says at one moment: its registers and its texts. What is compared, restored and copied from. */
export interface Past {
  readonly state: State;
  /** By name, those of the schema; one that was never written is ''. */
  readonly texts: ReadonlyMap<string, string>;
}

/** What a replica says now: the present of a live one, the past of one that was made from an earlier state. Total, as readState. */
export function readPast(doc: Y.Doc, schema: KindSchema): Past {
  return { state: readState(doc, schema), texts: readTexts(doc, schema) };
}

/** What the thread of the tests can be told to do. */

export type Deed =
  | { readonly do: 'echo'; readonly word: string }
  | { readonly do: 'turn'; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly do: 'wait'; readonly gate: SharedArrayBuffer; readonly word: string }
  | { readonly do: 'count' }
  | { readonly do: 'exit' | 'crash' | 'throw' | 'hang' | 'eat' | 'unsendable' };

export type Deeds = string | Uint8Array<ArrayBuffer> | (() => void);

/** In the gate of a job that waits: its thread has begun with it. */
export const begun = 1;
/** Ends the waiting. */
export const open = 2;

import type { Log } from '@tidemark/sync';

const say = (event: string, fields?: Record<string, unknown>) => console.error(event, fields ?? '');

/** Tells what went wrong; hand over your own logger instead. */
export const journal: Log = { debug: () => undefined, info: () => undefined, warn: say, error: say };

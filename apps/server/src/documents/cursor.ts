import * as z from 'zod';
import type { Position } from './catalogue.ts';

const Shape = z.tuple([z.string().regex(/^[\d :.+-]+$/), z.uuid()]);

/** A place in a list as clients carry it: opaque, and safe in a URL. */
export function writeCursor({ at, id }: Position): string {
  return Buffer.from(JSON.stringify([at, id])).toString('base64url');
}

/** Null for whatever we did not write. */
export function readCursor(cursor: string): Position | null {
  try {
    const [at, id] = Shape.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
    return Number.isNaN(Date.parse(at)) ? null : { at, id };
  } catch {
    return null; // bytes of somebody else, an answer and not a fault
  }
}

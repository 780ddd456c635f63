import type { PageCursor } from '@tidemark/history';
import * as z from 'zod';

const number = z.int().min(0);
/** Milliseconds that a date can hold. */
const time = number.max(8_640_000_000_000_000);
const Shape = z.tuple([time, z.tuple([time, number]).nullable(), number.nullable()]);

/** Where a page of history ends, as clients carry it: opaque, and safe in a URL. */
export function writePlace({ time, session, automatic }: PageCursor): string {
  const place: z.infer<typeof Shape> = [time, session && [session.to, session.first], automatic];
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}

/** Null for whatever we did not write. */
export function readPlace(cursor: string): PageCursor | null {
  try {
    const [time, session, automatic] = Shape.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
    return { time, session: session && { to: session[0], first: session[1] }, automatic };
  } catch {
    return null; // bytes of somebody else, an answer and not a fault
  }
}

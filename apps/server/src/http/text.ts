import { isStorable } from '@tidemark/database';
import * as z from 'zod';

/** Text of a request that a database row can hold. */
export function storableText() {
  return z.string().refine(isStorable, 'may not hold the character U+0000');
}

/** The same for columns of JSON, where half a character can't stand either: trimmed. */
export function text(most: number) {
  return storableText()
    .refine((value) => value.isWellFormed(), 'may not hold half a character')
    .trim()
    .max(most);
}

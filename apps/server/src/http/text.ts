import * as z from 'zod';

/** Text of a request that a database row can hold, in JSON too: trimmed, without U+0000 and halves of characters. */
export function text(most: number) {
  return z
    .string()
    .trim()
    .max(most)
    .refine((value) => !value.includes('\0'), 'may not hold the character U+0000')
    .refine((value) => value.isWellFormed(), 'may not hold half a character');
}

import { createHash, randomBytes } from 'node:crypto';

/** A secret that is shown once: 256 bits, only letters, digits, `-` and `_`, with a prefix that says what it opens. */
export function newCode(prefix: string): string {
  return `${prefix}${randomBytes(32).toString('base64url')}`;
}

/** What is stored of it. A code has too much chance in it to be guessed, so a plain hash is enough. */
export function hashCode(code: string): Buffer {
  return createHash('sha256').update(code).digest();
}

import { type FileRefusal, isFileRefusal, refuseFile } from '../file-refusal.ts';

/** Bytes to text in a named encoding (WHATWG); throws for bytes that are no such text. The byte order mark is left out. */
export type Decode = (bytes: Uint8Array, encoding: string) => string;

/** By byte order mark, else UTF-8 where the bytes are that, else what Excel of western Europe writes. */
export function decodeText(
  bytes: Uint8Array,
  decode: Decode,
): { readonly text: string; readonly encoding: string } | FileRefusal {
  const marked = markOf(bytes);
  if (marked === 'utf-32') return unreadable('UTF-32');
  for (const encoding of marked === null ? ['utf-8', 'windows-1252'] : [marked]) {
    const text = attempt(bytes, encoding, decode);
    if (typeof text === 'string') return looksBinary(text) ? binary() : { text, encoding };
    if (marked !== null && isFileRefusal(text)) return text;
  }
  return unreadable('UTF-8');
}

function attempt(bytes: Uint8Array, encoding: string, decode: Decode): string | FileRefusal {
  try {
    return decode(bytes, encoding);
  } catch {
    return unreadable(encoding.toUpperCase()); // that is the answer, and the caller's to tell
  }
}

function markOf([a, b, c, d]: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' | 'utf-32' | null {
  if ((a === 0xff && b === 0xfe && c === 0 && d === 0) || (a === 0 && b === 0 && c === 0xfe && d === 0xff))
    return 'utf-32';
  if (a === 0xff && b === 0xfe) return 'utf-16le';
  if (a === 0xfe && b === 0xff) return 'utf-16be';
  return a === 0xef && b === 0xbb && c === 0xbf ? 'utf-8' : null;
}

function looksBinary(text: string): boolean {
  return /[^\t\n\f\r\P{Cc}]/u.test(text.slice(0, 100_000).replaceAll('\u0085', ''));
}

const unreadable = (encoding: string) =>
  refuseFile('unknown-encoding', `The file is not text in ${encoding}; save it as UTF-8.`);
const binary = () => refuseFile('not-a-table', 'The file holds binary data, not text.');

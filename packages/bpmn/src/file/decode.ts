import { type FileRefusal, refuseFile } from './file-refusal.ts';

/**
 * Bytes to text, as `new TextDecoder(encoding, { fatal: true }).decode(bytes)` does it: throws a RangeError for an
 * encoding it does not know and a TypeError for bytes that are none of its text.
 */
export type Decoder = (bytes: Uint8Array, encoding: string) => string;

export interface Decoded {
  readonly text: string;
  /** What it was read as, in lower case. */
  readonly encoding: string;
  /** What the file says it is in; null when it does not say. */
  readonly declared: string | null;
}

/** Reads the bytes as the text they declare to be: by byte order mark, then XML declaration, then UTF-8. */
export function decodeXml(bytes: Uint8Array, decode: Decoder): Decoded | FileRefusal {
  if (bytes.length === 0) return refuseFile('not-xml', 'The file is empty.');
  const other = otherFormat(bytes);
  if (other !== null) return refuseFile('not-xml', `The file is ${other}, not BPMN.`);
  const seen = encodingSeen(bytes);
  if (seen === 'utf-32') return refuseFile('unknown-encoding', 'UTF-32 is not an encoding of BPMN files.', 1);
  const declared = declaredEncoding(bytes, seen);
  const encoding = seen ?? byteEncoding(declared);
  let text: string;
  try {
    text = decode(bytes, encoding);
  } catch (error) {
    if (error instanceof RangeError) {
      return refuseFile(
        'unknown-encoding',
        `The file says that it is in "${encoding}", which is not known.`,
        1,
      );
    }
    if (!(error instanceof TypeError)) throw error;
    return undecodable(bytes, encoding, decode);
  }
  return { text: text.startsWith('\ufeff') ? text.slice(1) : text, encoding, declared };
}

/** What the first bytes give away. Null: something in which ASCII is ASCII. */
function encodingSeen(bytes: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' | 'utf-32' | null {
  const [a, b, c, d] = bytes;
  if ((a === 0xff && b === 0xfe && c === 0 && d === 0) || (a === 0 && b === 0 && c === 0xfe && d === 0xff)) {
    return 'utf-32';
  }
  if (a === 0xff && b === 0xfe) return 'utf-16le';
  if (a === 0xfe && b === 0xff) return 'utf-16be';
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8';
  if (a === 0x3c && b === 0 && c !== 0) return 'utf-16le';
  if (a === 0 && b === 0x3c) return 'utf-16be';
  return null;
}

/** The encoding of the XML declaration, which is ASCII whatever it declares. */
function declaredEncoding(bytes: Uint8Array, seen: string | null): string | null {
  const wide = seen?.startsWith('utf-16') ?? false;
  const head = bytes.subarray(0, 400);
  const ascii = String.fromCharCode(...(wide ? head.filter((byte) => byte !== 0) : head));
  return /^[^<]*<\?xml\s[^>]*?\bencoding\s*=\s*["']([\w.:-]+)["']/.exec(ascii)?.[1]?.toLowerCase() ?? null;
}

/** A declaration that could be read byte by byte says UTF-16 by mistake: programs write it so, and mean UTF-8. */
function byteEncoding(declared: string | null): string {
  if (declared === null || /^(utf-?16|ucs-?2|iso-10646-ucs-2|unicode)/.test(declared)) return 'utf-8';
  return declared;
}

function undecodable(bytes: Uint8Array, encoding: string, decode: Decoder): FileRefusal {
  const line = encoding.startsWith('utf-16') ? null : lineOfFault(bytes, encoding, decode);
  const place = line === null ? '' : ` in line ${line}`;
  return refuseFile(
    'unknown-encoding',
    `The file holds bytes${place} that are not ${encoding.toUpperCase()}. Save it in the encoding that its first line names.`,
    line,
  );
}

/** The first line that does not decode by itself: a line feed is never part of a longer character. */
function lineOfFault(bytes: Uint8Array, encoding: string, decode: Decoder): number | null {
  let start = 0;
  for (let line = 1; start <= bytes.length; line += 1) {
    const end = bytes.indexOf(0x0a, start);
    const part = bytes.subarray(start, end < 0 ? bytes.length : end);
    try {
      decode(part, encoding);
    } catch {
      return line; // what we look for
    }
    if (end < 0) return null;
    start = end + 1;
  }
  return null;
}

const signatures: readonly (readonly [string, string])[] = [
  ['PK\x03\x04', 'a ZIP archive (unpack it first)'],
  ['PK\x05\x06', 'an empty ZIP archive'],
  ['\x1f\x8b', 'compressed (unpack it first)'],
  ['7z\xbc\xaf', 'a 7-Zip archive (unpack it first)'],
  ['%PDF', 'a PDF'],
  ['\x89PNG', 'a picture'],
  ['\xff\xd8\xff', 'a picture'],
  ['GIF8', 'a picture'],
  ['RIFF', 'a picture or a recording'],
  ['\xd0\xcf\x11\xe0', 'an old Office document'],
];

function otherFormat(bytes: Uint8Array): string | null {
  const start = String.fromCharCode(...bytes.subarray(0, 8));
  const known = signatures.find(([signature]) => start.startsWith(signature));
  if (known) return known[1];
  const text = start.replace(/^\xef\xbb\xbf/, '').trimStart();
  if (/^[{[]/.test(text)) return 'JSON';
  return null;
}

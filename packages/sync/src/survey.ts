import * as decoding from 'lib0/decoding';

/** What decoding an update would make, counted from its bytes without making any of it. */
export interface Survey {
  /** Structs, values that hold others, and JSON in a text that does: each is an object of 50 to 300 bytes, from two on the wire. */
  readonly parts: number;
  /** Documents inside the document, of about 4 KB each, from 14 bytes on the wire. */
  readonly subdocuments: number;
  /** Ranges of deleted content, of about 40 bytes each, from two on the wire. */
  readonly deletions: number;
  /** The deepest nesting of values that are not JSON. */
  readonly depth: number;
}

/** Above this depth counting stops. */
const deepest = 10_000;

/**
 * Walks over an update in v1 encoding, as Yjs's `UpdateDecoderV1` would read it. Throws where the bytes end too early or
 * hold a wrong number; not everything that decoding refuses is refused here.
 */
export function survey(update: Uint8Array): Survey {
  const decoder = decoding.createDecoder(update);
  const found = { parts: 0, subdocuments: 0, deletions: 0, depth: 0 };
  for (let clients = decoding.readVarUint(decoder); clients > 0; clients -= 1) {
    const structs = decoding.readVarUint(decoder);
    skipNumbers(decoder, 2);
    for (let i = 0; i < structs; i += 1) {
      found.parts += 1;
      skipStruct(decoder, found);
    }
  }
  for (let clients = decoding.readVarUint(decoder); clients > 0; clients -= 1) {
    skipNumbers(decoder, 1);
    const ranges = decoding.readVarUint(decoder);
    found.deletions += ranges;
    skipNumbers(decoder, 2 * ranges);
  }
  return found;
}

type Found = { -readonly [Field in keyof Survey]: Survey[Field] };

function skipStruct(decoder: decoding.Decoder, found: Found): void {
  const info = readByte(decoder);
  const kind = info & 31;
  if (kind === 0 || kind === 10) {
    skipNumbers(decoder, 1);
    return;
  }
  const hasOrigin = (info & 128) !== 0;
  const hasRightOrigin = (info & 64) !== 0;
  if (hasOrigin) skipNumbers(decoder, 2);
  if (hasRightOrigin) skipNumbers(decoder, 2);
  if (!hasOrigin && !hasRightOrigin) {
    if (decoding.readVarUint(decoder) === 1) skipBytes(decoder);
    else skipNumbers(decoder, 2);
    if ((info & 32) !== 0) skipBytes(decoder);
  }
  skipContent(decoder, kind, found);
}

/** By the numbers of Yjs's `contentRefs`. */
function skipContent(decoder: decoding.Decoder, kind: number, found: Found): void {
  if (kind === 1) skipNumbers(decoder, 1);
  else if (kind === 2) skipMany(decoder, () => skipJson(decoder, found));
  else if (kind === 3 || kind === 4) skipBytes(decoder);
  else if (kind === 5) skipJson(decoder, found);
  else if (kind === 6) {
    skipBytes(decoder);
    skipJson(decoder, found);
  } else if (kind === 7) skipType(decoder);
  else if (kind === 8) skipMany(decoder, () => skipValue(decoder, found));
  else if (kind === 9) {
    found.subdocuments += 1;
    skipBytes(decoder);
    skipValue(decoder, found);
  } else throw new Error(`content of unknown kind ${kind}`);
}

function skipMany(decoder: decoding.Decoder, skip: () => void): void {
  for (let values = decoding.readVarUint(decoder); values > 0; values -= 1) skip();
}

function skipType(decoder: decoding.Decoder): void {
  const type = decoding.readVarUint(decoder);
  // XML elements and hooks have names.
  if (type === 3 || type === 5) skipBytes(decoder);
}

/** One value of lib0's `readAny`, without recursion: it may be nested without end. */
function skipValue(decoder: decoding.Decoder, found: Found): void {
  const open: { left: number; readonly keys: boolean }[] = [{ left: 1, keys: false }];
  for (let inner = open.at(-1); inner !== undefined; inner = open.at(-1)) {
    if (inner.left === 0) {
      open.pop();
      continue;
    }
    inner.left -= 1;
    if (inner.keys) skipBytes(decoder);
    const kind = readByte(decoder);
    if (kind === 118 || kind === 117) {
      found.parts += 1;
      open.push({ left: decoding.readVarUint(decoder), keys: kind === 118 });
      found.depth = Math.max(found.depth, open.length - 1);
      if (open.length > deepest) throw new Error('nested without end');
    } else skipScalar(decoder, kind);
  }
}

function skipScalar(decoder: decoding.Decoder, kind: number): void {
  if (kind === 125) decoding.readVarInt(decoder);
  else if (kind === 124) decoding.readFromDataView(decoder, 4);
  else if (kind === 123 || kind === 122) decoding.readFromDataView(decoder, 8);
  else if (kind === 119 || kind === 116) skipBytes(decoder);
  // What is left (true, false, null, undefined) has no bytes of its own.
}

/** A text that will be parsed: each brace in it may become an object. */
function skipJson(decoder: decoding.Decoder, found: Found): void {
  found.parts += 1;
  for (const byte of decoding.readVarUint8Array(decoder))
    if (byte === 0x7b || byte === 0x5b) found.parts += 1;
}

/** lib0 reads single bytes beyond the end without a word. */
function readByte(decoder: decoding.Decoder): number {
  if (!decoding.hasContent(decoder)) throw new Error('ends too early');
  return decoding.readUint8(decoder);
}

function skipBytes(decoder: decoding.Decoder): void {
  decoding.readVarUint8Array(decoder);
}

function skipNumbers(decoder: decoding.Decoder, count: number): void {
  for (let i = 0; i < count; i += 1) decoding.readVarUint(decoder);
}

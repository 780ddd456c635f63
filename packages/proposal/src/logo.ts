import { inflateSync } from 'node:zlib';

export type LogoType = 'image/png' | 'image/jpeg';
export type LogoProblem = 'no-picture' | 'too-large' | 'too-many-pixels' | 'broken';

/** Bytes of a logo. */
export const largestLogo = 262_144;
/** Pixels of a logo. */
const mostPixels = 4_000_000;

const pngHead = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** A picture that a PDF can hold; pixels. */
export interface LogoFacts {
  readonly type: LogoType;
  readonly width: number;
  readonly height: number;
}

/** What a file is by its content, whatever its name says, or why it is no logo. */
export function inspectLogo(bytes: Uint8Array): LogoFacts | LogoProblem {
  if (bytes.length > largestLogo) return 'too-large';
  if (isPng(bytes)) return inspectPng(bytes);
  if (bytes[0] === 0xff && bytes[1] === 0xd8) return inspectJpeg(bytes);
  return 'no-picture';
}

function isPng(bytes: Uint8Array): boolean {
  return pngHead.every((byte, at) => bytes[at] === byte);
}

/** Portable Network Graphics (W3C, third edition), as far as a PDF needs it. */
function inspectPng(bytes: Uint8Array): LogoFacts | LogoProblem {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 33 || view.getUint32(12) !== 0x49484452) return 'broken';
  const [width, height, depth, colour] = [
    view.getUint32(16),
    view.getUint32(20),
    bytes[24] ?? 0,
    bytes[25] ?? 0,
  ];
  const channels = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }[colour];
  if (channels === undefined || width === 0 || height === 0) return 'broken';
  if (width * height > mostPixels) return 'too-many-pixels';
  const data: Uint8Array[] = [];
  let ended = false;
  for (let at = 8; at + 12 <= bytes.length && !ended; ) {
    const length = view.getUint32(at);
    if (length > bytes.length - at - 12) return 'broken';
    const type = view.getUint32(at + 4);
    if (type === 0x49444154) data.push(bytes.subarray(at + 8, at + 8 + length));
    ended = type === 0x49454e44;
    at += 12 + length;
  }
  if (!ended) return 'broken';
  // Each row has a byte before it that says how it is filtered; interlaced pictures have a few rows more.
  const most =
    Math.ceil((width * channels * depth) / 8 + 1) * height + 8 * (width + height) * channels + 1_024;
  try {
    const pixels = inflateSync(Buffer.concat(data), { maxOutputLength: most });
    const least = Math.floor((width * channels * depth) / 8) * height;
    return pixels.length < least ? 'broken' : { type: 'image/png', width, height };
  } catch (fault) {
    if (isOfItsBytes(fault)) return 'broken';
    throw fault;
  }
}

/** No zlib stream, or one that swells to more than the picture has pixels. */
function isOfItsBytes(fault: unknown): boolean {
  const code = fault instanceof Error && 'code' in fault ? String(fault.code) : '';
  return code.startsWith('Z_') || code === 'ERR_BUFFER_TOO_LARGE';
}

/** ITU-T T.81: the first frame header says how large the picture is. */
function inspectJpeg(bytes: Uint8Array): LogoFacts | LogoProblem {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 2; at + 4 <= bytes.length; ) {
    if (bytes[at] !== 0xff) return 'broken';
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const length = view.getUint16(at + 2);
    if (length < 2 || at + 2 + length > bytes.length) return 'broken';
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
      if (length < 8) return 'broken';
      const [height, width] = [view.getUint16(at + 5), view.getUint16(at + 7)];
      if (width === 0 || height === 0) return 'broken';
      return width * height > mostPixels ? 'too-many-pixels' : { type: 'image/jpeg', width, height };
    }
    if (marker === 0xda || marker === 0xd9) return 'broken';
    at += 2 + length;
  }
  return 'broken';
}

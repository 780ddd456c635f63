import { type FileRefusal, refuseFile } from '../file-refusal.ts';
import { tableLimits } from './table.ts';

const endMark = 0x06054b50;
const entryMark = 0x02014b50;
const entries = 2_000;

/**
 * Whether a ZIP archive may be unpacked: what its directory says of the sizes is what the unpacker holds it to, so
 * a small file that would become a very large one is known before a byte is unpacked (APPNOTE.TXT 6.3, 4.3.12 and 4.3.16).
 */
export function checkZip(bytes: Uint8Array): FileRefusal | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = findEnd(view);
  if (end === null) return broken();
  const count = view.getUint16(end + 10, true);
  if (count > entries) return tooLarge();
  let at = view.getUint32(end + 16, true);
  let unpacked = 0;
  for (let index = 0; index < count; index += 1) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== entryMark) return broken();
    const [packed, size] = [view.getUint32(at + 20, true), view.getUint32(at + 24, true)];
    const name = view.getUint16(at + 28, true);
    const isFolder = name > 0 && bytes[at + 46 + name - 1] === 0x2f;
    // Sizes that stand elsewhere (0 with the descriptor flag, or the mark of ZIP64) hold the unpacker to nothing.
    if (size === 0 && !isFolder && packed !== 0 && packed !== 2) return tooLarge();
    if (packed === 0 && !isFolder && (view.getUint16(at + 8, true) & 8) !== 0) return broken();
    unpacked += size;
    if (unpacked > tableLimits.unpackedBytes) return tooLarge();
    at += 46 + name + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return null;
}

function findEnd(view: DataView): number | null {
  const first = Math.max(0, view.byteLength - 22 - 65_535);
  for (let at = view.byteLength - 22; at >= first; at -= 1) {
    if (view.getUint32(at, true) === endMark) return at;
  }
  return null;
}

const broken = () => refuseFile('not-a-table', 'The workbook is broken: it cannot be unpacked.');
const tooLarge = () =>
  refuseFile('too-large', 'The workbook would become far too large when it is unpacked.');

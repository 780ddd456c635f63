/** Payloads up to this size are copied behind their header; larger ones are written after it, as they are. Bytes. */
export const copiedBytes = 16 * 1024;

const finalBinary = 0x82;

/**
 * A whole binary message of a server as one WebSocket frame (RFC 6455 §5.2): final, unmasked, not compressed. These
 * bytes are the same for every reader. One chunk, or header and payload when the payload is not worth a copy.
 */
export function frameMessage(payload: Uint8Array): readonly Buffer[] {
  const { length } = payload;
  const headerBytes = length < 126 ? 2 : length < 65_536 ? 4 : 10;
  const copied = length <= copiedBytes;
  const frame = Buffer.allocUnsafe(copied ? headerBytes + length : headerBytes);
  frame[0] = finalBinary;
  if (headerBytes === 2) {
    frame[1] = length;
  } else if (headerBytes === 4) {
    frame[1] = 126;
    frame.writeUInt16BE(length, 2);
  } else {
    frame[1] = 127;
    frame.writeBigUInt64BE(BigInt(length), 2);
  }
  if (!copied) return [frame, Buffer.from(payload.buffer, payload.byteOffset, length)];
  frame.set(payload, headerBytes);
  return [frame];
}

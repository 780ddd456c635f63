import { createHash } from 'node:crypto';
import fc from 'fast-check';
import * as encoding from 'lib0/encoding';
import { describe, expect, test } from 'vitest';
import { wire } from './frames.ts';
import { decodeFrame, encodeFrame, type Frame, isRefusal, limits } from './index.ts';

const bytes = fc.uint8Array({ maxLength: 64 });
const count = fc.nat(2 ** 31 - 1);
const frames: fc.Arbitrary<Frame> = fc.oneof(
  bytes.map((stateVector): Frame => ({ type: 'sync-step-1', stateVector })),
  bytes.map((update): Frame => ({ type: 'sync-step-2', update })),
  bytes.map((update): Frame => ({ type: 'update', update })),
  bytes.map((update): Frame => ({ type: 'awareness', update })),
  fc.string().map((reason): Frame => ({ type: 'permission-denied', reason })),
  fc.constant<Frame>({ type: 'query-awareness' }),
  fc.record({ type: fc.constant('ack' as const), n: count, lsn: fc.maxSafeNat() }),
  fc.record({
    type: fc.constant('hello' as const),
    epoch: count,
    head: fc.maxSafeNat(),
    access: fc.constantFrom('edit' as const, 'read' as const),
    frameBytes: count,
    documentBytes: count,
  }),
  fc.record({
    type: fc.constant('storage' as const),
    state: fc.constantFrom('ok' as const, 'failing' as const),
  }),
  fc.record({ type: fc.constant('refusal' as const), n: count, code: fc.string(), detail: fc.string() }),
  fc.record({
    type: fc.constant('access' as const),
    access: fc.constantFrom('edit' as const, 'read' as const),
    reason: fc.string(),
  }),
  fc.string().map((topic): Frame => ({ type: 'news', topic })),
);

describe('frames', () => {
  test('what is encoded is decoded again', () => {
    fc.assert(
      fc.property(frames, (frame) => {
        // Strings lose lone surrogates in UTF-8; compare what a second trip gives.
        const once = decodeFrame(encodeFrame(frame)) as Frame;
        expect(isRefusal(once)).toBe(false);
        expect(decodeFrame(encodeFrame(once))).toEqual(once);
      }),
    );
  });

  test('sync frames are those of y-protocols at every length of the length', () => {
    for (const length of [0, 1, 127, 128, 16_383, 16_384, 2_097_151, 2_097_152]) {
      const update = new Uint8Array(length).fill(length % 251);
      const theirs = encoding.encode((encoder) => {
        encoding.writeVarUint(encoder, 0);
        encoding.writeVarUint(encoder, 2);
        encoding.writeVarUint8Array(encoder, update);
      });
      expect(Buffer.compare(encodeFrame({ type: 'update', update }), theirs), `${length} bytes`).toBe(0);
    }
  });

  test('any bytes give a frame or a refusal, never a throw', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (input) => {
        const result = decodeFrame(input);
        expect('type' in result || 'refused' in result).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  test('every truncation of a frame is malformed', () => {
    fc.assert(
      fc.property(frames, (frame) => {
        const whole = encodeFrame(frame);
        for (let length = 0; length < whole.length; length += 1) {
          expect(decodeFrame(whole.subarray(0, length))).toMatchObject({ refused: 'malformed' });
        }
      }),
    );
  });

  test('bytes left over are malformed', () => {
    const whole = encodeFrame({ type: 'ack', n: 1, lsn: 2 });
    expect(decodeFrame(new Uint8Array([...whole, 0]))).toMatchObject({ refused: 'malformed' });
  });

  test('a frame over the limit is refused before it is read', () => {
    expect(decodeFrame(new Uint8Array(11), 10)).toMatchObject({ refused: 'too-large' });
    expect(limits.frameBytes).toBeGreaterThan(limits.awarenessBytes);
  });

  test('the wire keeps its numbers: a change here asks for a new protocol version', () => {
    const samples: Frame[] = [
      { type: 'sync-step-1', stateVector: new Uint8Array([0]) },
      { type: 'sync-step-2', update: new Uint8Array([0, 0]) },
      { type: 'update', update: new Uint8Array([1, 2, 3]) },
      { type: 'awareness', update: new Uint8Array([0]) },
      { type: 'permission-denied', reason: 'read-only' },
      { type: 'query-awareness' },
      { type: 'ack', n: 3, lsn: 300 },
      { type: 'hello', epoch: 1, head: 300, access: 'edit', frameBytes: 10, documentBytes: 20 },
      { type: 'storage', state: 'failing' },
      { type: 'refusal', n: 7, code: 'read-only', detail: 'no' },
      { type: 'access', access: 'read', reason: 'no' },
      { type: 'news', topic: 'comments' },
    ];
    const hash = createHash('sha256').update(JSON.stringify(wire));
    for (const frame of samples) hash.update(encodeFrame(frame));
    expect(hash.digest('hex').slice(0, 16)).toMatchInlineSnapshot(`"5be20054c47c9f62"`);
  });
});

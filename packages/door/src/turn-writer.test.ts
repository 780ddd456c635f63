import { Duplex } from 'node:stream';
import { expect, test } from 'vitest';
import { framesOf } from './testing.ts';
import { TurnWriter } from './turn-writer.ts';
import { copiedBytes, frameMessage } from './websocket-frame.ts';

/** A network stream that keeps each write as the system would see it: the chunks handed over at once. */
class Line extends Duplex {
  readonly writes: Uint8Array[][] = [];
  override _read(): void {
    // Nobody speaks to us here.
  }
  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.writes.push([chunk]);
    done();
  }
  override _writev(chunks: { chunk: Buffer }[], done: () => void): void {
    this.writes.push(chunks.map(({ chunk }) => chunk));
    done();
  }
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

const read = (bytes: Buffer) => framesOf(bytes).map(({ payload }) => payload);

test.each([0, 1, 125, 126, 65_535, 65_536, copiedBytes, copiedBytes + 1, 70_000])(
  'R65 a message of %d bytes is one frame that a WebSocket client reads',
  (length) => {
    const message = Uint8Array.from({ length }, (_, i) => i % 251);
    expect(framesOf(Buffer.concat(frameMessage(message)))).toEqual([
      { opcode: 2, final: true, payload: message },
    ]);
  },
);

test('R65 all readers of a message get the same bytes, framed once; a large one is not copied', async () => {
  const writer = new TurnWriter();
  const lines = [new Line(), new Line(), new Line()];
  const small = new Uint8Array(100);
  const large = new Uint8Array(copiedBytes + 1);
  for (const line of lines) {
    writer.write(line, small);
    writer.write(line, large);
  }
  await turn();
  const [first, ...others] = lines.map(({ writes }) => writes.flat());
  expect(first).toHaveLength(3);
  for (const other of others) for (const [i, chunk] of other.entries()) expect(chunk).toBe(first![i]);
  expect(first![2]!.buffer).toBe(large.buffer);
});

test('R65 what one turn sends to a reader is one write, in order, and nothing waits for another turn', async () => {
  const writer = new TurnWriter();
  const line = new Line();
  const messages = Array.from({ length: 30 }, (_, i) => new Uint8Array([i]));
  for (const message of messages) writer.write(line, message);
  await Promise.resolve().then(() => process.nextTick(() => undefined));
  await turn();
  expect(line.writes).toHaveLength(1);
  expect(read(Buffer.concat(line.writes.flat()))).toEqual(messages);
  writer.write(line, messages[0]!);
  await turn();
  expect(line.writes).toHaveLength(2);
});

test('R65 what another writes to the stream in between keeps its place', async () => {
  const writer = new TurnWriter();
  const line = new Line();
  writer.write(line, new Uint8Array([1]));
  line.cork();
  line.write(Buffer.from([0x89]));
  line.write(Buffer.from([0]));
  line.uncork();
  writer.write(line, new Uint8Array([2]));
  await turn();
  expect(Buffer.concat(line.writes.flat())).toEqual(Buffer.from([0x82, 1, 1, 0x89, 0, 0x82, 1, 2]));
});

test('R65 the bytes that wait in a turn are counted, and a stream that is gone is passed over', async () => {
  const writer = new TurnWriter();
  const line = new Line();
  writer.write(line, new Uint8Array(98));
  expect(line.writableLength).toBe(100);
  line.destroy();
  const other = new Line();
  writer.write(other, new Uint8Array(98));
  await turn();
  expect(line.writes).toEqual([]);
  expect(other.writes).toHaveLength(1);
});

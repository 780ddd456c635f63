import { deflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { isFailure } from './failure.ts';
import { logoSize } from './head.ts';
import { inspectLogo, largestLogo } from './logo.ts';
import { pdfOf } from './pdf.ts';
import { anOffer, aPicture, jpeg } from './testing.ts';

const [, , , , , , , , ...rest] = aPicture();
const head = aPicture().subarray(0, 8);

function png(width: number, height: number, pixels: Uint8Array): Uint8Array {
  const chunk = (type: string, data: Uint8Array) => {
    const made = Buffer.alloc(12 + data.length);
    made.writeUInt32BE(data.length);
    made.write(type, 4, 'latin1');
    made.set(data, 8);
    return made;
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width);
  header.writeUInt32BE(height, 4);
  header.set([8, 6], 8);
  return Buffer.concat([
    head,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(pixels)),
    chunk('IEND', new Uint8Array()),
  ]);
}

test.each([
  ['image/png', aPicture()],
  ['image/jpeg', jpeg()],
])('PROP-19 %s is known by its content and stands on the page', async (type, bytes) => {
  expect(inspectLogo(bytes)).toMatchObject({ type });
  const made = await pdfOf(anOffer({ company: { ...anOffer().company, logo: bytes } }));
  if (isFailure(made)) throw new Error(made.detail);
  expect(Buffer.from(made).toString('latin1')).toContain('/Subtype /Image');
});

test.each([
  ['no picture', new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'no-picture'],
  ['nothing', new Uint8Array(), 'no-picture'],
  ['too many bytes', Buffer.concat([aPicture(), Buffer.alloc(largestLogo)]), 'too-large'],
  ['a PNG cut off', aPicture().subarray(0, -6), 'broken'],
  ['a PNG without its pixels', png(2, 2, new Uint8Array(3)), 'broken'],
  ['a PNG that swells', png(2, 2, new Uint8Array(10_000_000)), 'broken'],
  ['a PNG of many pixels', png(100_000, 100_000, new Uint8Array(9)), 'too-many-pixels'],
  [
    'a PNG with other bytes inside',
    Uint8Array.from([...head, ...rest.map((byte, at) => (at > 40 ? byte ^ 0x55 : byte))]),
    'broken',
  ],
  ['a JPEG cut off', jpeg().subarray(0, 60), 'broken'],
  ['a JPEG of many pixels', vast(jpeg()), 'too-many-pixels'],
])('PROP-19 %s is refused as a logo', (_, bytes, problem) => {
  expect(inspectLogo(bytes)).toBe(problem);
});

/** Says that it is 65,535 pixels wide and high. */
function vast(bytes: Uint8Array): Uint8Array {
  const changed = Uint8Array.from(bytes);
  const frame = changed.findIndex((byte, at) => byte === 0xff && changed[at + 1] === 0xc0);
  changed.fill(0xff, frame + 5, frame + 9);
  return changed;
}

test('PROP-19 a small logo is not blown up', () => {
  expect(inspectLogo(aPicture())).toEqual({ type: 'image/png', width: 2, height: 2 });
  expect(logoSize({ width: 2, height: 2 })).toEqual([2, 2]);
  expect(logoSize({ width: 3_800, height: 580 })).toEqual([190, 29]);
  expect(logoSize({ width: 580, height: 580 })).toEqual([58, 58]);
});

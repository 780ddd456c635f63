import { randomBytes } from 'node:crypto';
import { mountSmallDisk, type SmallDisk } from '../harness/small-disk.ts';
import { Writer } from '../harness/writer.ts';
import { oneOf } from './faults.ts';
import { TortureHouse } from './house.ts';
import type { Tally } from './tally.ts';

const diskMegabytes = 400;

/**
 * A house on a small file system that is filled to the last byte while somebody writes, then freed, or everything is killed
 * first: nothing is acknowledged that is not stored, and all of it drains when there is room.
 */
export async function playFullDisk(tally: Tally, random: () => number): Promise<void> {
  const disk = mountSmallDisk(diskMegabytes);
  let house: TortureHouse | null = null;
  try {
    house = await TortureHouse.open(disk.path);
    await fillAndFree(house, disk, tally, random);
  } finally {
    await house?.close();
    disk.remove();
  }
}

async function fillAndFree(
  house: TortureHouse,
  disk: SmallDisk,
  tally: Tally,
  random: () => number,
): Promise<void> {
  await house.turnPage(['Stream']);
  const [documentId] = house.documents;
  if (documentId === undefined) throw new Error('no document');
  const seat = oneOf(random, house.seats());
  const url = `${seat.origin.replace('http', 'ws')}/sync/${documentId}`;
  const writer = new Writer(url, 'writer', house.token);
  await writer.untilLive();
  writer.write();
  await writer.untilAllAcked();

  disk.fill();
  // Large rows, so that tables and write-ahead log must grow.
  const padding = writer.doc.getMap<string>('padding');
  for (let number = 0; writer.storage === 'ok'; number += 1) {
    padding.set(`p${number}`, randomBytes(32 * 1024).toString('hex'));
    const { sent } = writer;
    await writer.until(() => writer.storage === 'failing' || writer.settledFrames >= sent);
  }
  const before = writer.settledFrames;
  for (let n = 0; n < 10; n += 1) writer.write();
  house.note(documentId, writer.acked);
  if (writer.settledFrames !== before) throw new Error('acknowledged while the disk was full');

  disk.free();
  await writer.untilAllAcked();
  await writer.until(() => writer.storage === 'ok');
  house.note(documentId, writer.acked);
  const lost = await house.audit();
  tally.audits += 1;
  tally.lost += lost.length;
  if (lost.length > 0) throw new Error(`acknowledged and lost on a full disk: ${lost.join(', ')}`);
  tally.acknowledged += writer.acked.size;
  writer.close();
}

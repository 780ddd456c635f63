/** A connection whose other end is gone without a word: bytes leave and nobody hears them. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { layCable } from './harness/cable.ts';
import { createDocument, signUp, syncUrl } from './harness/people.ts';
import { killAll, startServer } from './harness/server-process.ts';
import { Writer } from './harness/writer.ts';

test('R66 the server finds a half-open connection by its heartbeat; what it had acknowledged is there, the rest comes with the return', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'tidemark-half-open-'));
  const server = await startServer(dataDir);
  const cable = await layCable(server.origin);
  try {
    const person = await signUp(server.origin, 'Dee');
    const documentId = await createDocument(server.origin, person, 'Half');
    const path = new URL(await syncUrl(server.origin, person, documentId));
    const url = `${cable.origin.replace('http', 'ws')}${path.pathname}${path.search}`;
    const writer = new Writer(url, 'writer');
    await writer.untilLive();
    writer.write();
    await writer.untilAllAcked();
    const silenced = cable.silence();
    expect(silenced).toHaveLength(1);
    const unheard = writer.write();
    await Promise.all(silenced.map(({ serverGone }) => serverGone));
    expect([writer.closeCode, writer.acked.has(unheard)]).toEqual([null, false]);
    writer.comeBack(url);
    await writer.untilLive();
    await writer.untilAllAcked();
    expect(writer.acked.size).toBe(2);
    writer.close();
  } finally {
    await cable.close();
    await killAll(server, dataDir, 'all');
    rmSync(dataDir, { recursive: true, force: true });
  }
});

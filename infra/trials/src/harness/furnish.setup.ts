/** Runs once before the trials: makes the data directory that their servers begin with. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startServer } from './server-process.ts';

export default async function furnishOnce(): Promise<() => void> {
  const base = mkdtempSync(join(tmpdir(), 'tidemark-furnished-'));
  const remove = () => rmSync(base, { recursive: true, force: true });
  const dataDir = join(base, 'data');
  const server = await startServer(dataDir);
  server.signal('SIGTERM');
  const how = await server.ended;
  if (how !== 0) {
    remove();
    throw new Error(`the server that furnishes ended with ${how}:\n${server.log()}`);
  }
  process.env.FURNISHED_DATA_DIR = dataDir;
  return remove;
}

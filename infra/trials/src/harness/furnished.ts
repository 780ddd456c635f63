import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** A data directory on which a server has been ready and has stopped in order, if whoever runs the trials has made one. */
const furnished = process.env.FURNISHED_DATA_DIR;

/** Gives a directory that is empty or not there what a first start would make in it, which takes longer than many a trial. */
export function furnish(dataDir: string): void {
  if (!furnished || !existsSync(furnished)) return;
  mkdirSync(dataDir, { recursive: true, mode: 0o711 });
  if (readdirSync(dataDir).length > 0) return;
  // As Postgres wants them: with their owners and modes.
  const { status, stderr } = spawnSync('cp', ['-a', join(furnished, '.'), dataDir], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${furnished} was not copied to ${dataDir}: ${stderr}`);
}

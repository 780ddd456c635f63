import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A file system of its own that can be filled to the last byte without harm to the machine. */
export interface SmallDisk {
  readonly path: string;
  fill(): void;
  free(): void;
  remove(): void;
}

/** Mounts a tmpfs of `megabytes`. Needs root, or sudo that asks for no password; fails by name where there is neither. */
export function mountSmallDisk(megabytes: number): SmallDisk {
  const path = mkdtempSync(join(tmpdir(), 'tidemark-disk-'));
  asRoot('mount', '-t', 'tmpfs', '-o', `size=${megabytes}m,mode=0777`, 'tmpfs', path);
  chmodSync(path, 0o755);
  const ballast = join(path, 'ballast');
  return {
    path,
    fill: () => {
      for (const block of [1 << 20, 1 << 12]) fillWith(ballast, block);
    },
    free: () => rmSync(ballast),
    remove: () => {
      asRoot('umount', '-l', path);
      rmSync(path, { recursive: true, force: true });
    },
  };
}

function fillWith(file: string, block: number): void {
  const zeros = Buffer.alloc(block);
  for (;;) {
    try {
      writeFileSync(file, zeros, { flag: 'a' });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOSPC') return;
      throw error;
    }
  }
}

function asRoot(command: string, ...args: string[]): void {
  const [program, all] = process.getuid?.() === 0 ? [command, args] : ['sudo', ['-n', command, ...args]];
  try {
    execFileSync(program, all, { stdio: 'pipe' });
  } catch (error) {
    throw new Error(
      'the full-disk test mounts a small tmpfs: run the tests as root or with sudo that asks for no password',
      {
        cause: error,
      },
    );
  }
}

import { randomBytes, randomUUID } from 'node:crypto';
import { chmod, link, mkdir, open, readFile, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { StartRefusal } from './config.ts';

/**
 * Makes `DATA_DIR` when it is missing and proves that it can be written. Returns its absolute path.
 * Throws a `StartRefusal` when it cannot be used.
 */
export async function prepareDataDirectory(path: string): Promise<string> {
  const directory = resolve(path);
  const probe = join(directory, `.probe-${randomUUID()}`);
  try {
    await makeDirectory(directory);
    await (await open(probe, 'wx')).close();
    await rm(probe);
  } catch (error) {
    throw new StartRefusal(
      `DATA_DIR is "${path}", but it should be a directory that the server may write to (${(error as Error).message}).`,
      { cause: error },
    );
  }
  return directory;
}

/** Not Node's recursive `mkdir`, which never comes back where a directory exists that takes none, such as /proc. */
async function makeDirectory(directory: string): Promise<void> {
  try {
    await mkdir(directory);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST' && (await stat(directory)).isDirectory()) return;
    const parent = dirname(directory);
    if (code !== 'ENOENT' || (await isThere(parent))) throw error;
    await makeDirectory(parent);
    await makeDirectory(directory);
  }
}

async function isThere(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null)) !== null;
}

/**
 * The secret that signs sessions and tokens: made once, kept in `DATA_DIR/secret` with mode 0600. It is written
 * beside and linked into place, so a crash leaves no half secret, and two first starts agree on one.
 */
export async function loadSecret(directory: string): Promise<string> {
  const file = join(directory, 'secret');
  const kept = await readSecret(file);
  if (kept !== null) return kept;
  const draft = `${file}.${randomUUID()}`;
  const handle = await open(draft, 'wx', 0o600);
  try {
    await handle.writeFile(`${randomBytes(32).toString('base64url')}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  try {
    await link(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error; // the other start was first
  } finally {
    await rm(draft, { force: true });
  }
  const made = await readSecret(file);
  if (made === null) throw new Error(`${file} vanished while it was made`);
  return made;
}

async function readSecret(file: string): Promise<string | null> {
  let text: string;
  try {
    text = (await readFile(file, 'utf8')).trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new StartRefusal(`The secret in ${file} cannot be read (${(error as Error).message}).`, {
      cause: error,
    });
  }
  if (text.length < 32) {
    throw new StartRefusal(
      `${file} should hold a secret of at least 32 characters; remove it to have a new one made (everybody signs in again).`,
    );
  }
  await chmod(file, 0o600);
  return text;
}

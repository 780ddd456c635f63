import { readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/** Every file below a directory, as paths in it with `/`, sorted. */
export function filesIn(directory: string): string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(directory, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
}

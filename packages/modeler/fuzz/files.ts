import { readdirSync } from 'node:fs';

/** Names of the files that sessions begin with: real ones, and a few that hold what those lack. */
export function startFiles(): string[] {
  const folders = [
    new URL('start/', import.meta.url),
    new URL('../../bpmn/fixtures/reference/', import.meta.url),
  ];
  return folders
    .flatMap((folder) => readdirSync(folder))
    .filter((name) => name.endsWith('.bpmn'))
    .map((name) => name.slice(0, -'.bpmn'.length))
    .sort();
}

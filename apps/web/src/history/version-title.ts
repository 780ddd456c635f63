import type { Version } from '../api/versions.ts';

/** "Version 2 · Before the price rise". */
export function versionTitle({ number, name }: Pick<Version, 'number' | 'name'>): string {
  return name === '' ? `Version ${number}` : `Version ${number} · ${name}`;
}

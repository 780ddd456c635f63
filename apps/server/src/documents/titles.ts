import { toStorable } from '@tidemark/database';

/** Longest title, in characters. */
export const titleLength = 200;

/** A client may write any title; lists show what a database row can hold. */
export function listed(title: string): string {
  return toStorable(title).slice(0, titleLength);
}

export function copyTitle(title: string): string {
  return `Copy of ${title}`.slice(0, titleLength);
}

/** `Roof` → `Roof v2` → `Roof v3`. */
export function nextTitle(title: string): string {
  const [, name, number] = /^(.*?) v(\d{1,4})$/s.exec(title) ?? [];
  const ending = ` v${number === undefined ? 2 : Number(number) + 1}`;
  return `${(name ?? title).slice(0, titleLength - ending.length)}${ending}`;
}

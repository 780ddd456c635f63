/** Postgres holds no U+0000, neither in text nor in JSON. */
export function isStorable(text: string): boolean {
  return !text.includes('\0');
}

/** The text without what Postgres can't hold: of people's documents, which may hold anything. */
export function toStorable(text: string): string {
  return text.replaceAll('\0', '');
}

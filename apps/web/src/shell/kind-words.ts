const nouns: Readonly<Record<string, string>> = {
  dashboard: 'dashboard',
  estimate: 'estimate',
  diagram: 'diagram',
};

/** What people call a document of this kind. */
export function nounOf(kind: string | null): string {
  return nouns[kind ?? ''] ?? 'document';
}

/** What stands for a title that is empty. */
export function untitled(kind: string | null): string {
  return `Untitled ${nounOf(kind)}`;
}

/** Files dropped on Home for a dashboard that is about to open. The editor takes them once. */
const waiting = new Map<string, readonly File[]>();

export function handOver(documentId: string, files: readonly File[]): void {
  waiting.set(documentId, files);
}

export function takeOver(documentId: string): readonly File[] {
  const files = waiting.get(documentId) ?? [];
  waiting.delete(documentId);
  return files;
}

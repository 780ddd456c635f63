/** What was chosen at home for a document that is about to open. Its editor takes it once. */
interface Handoff<T> {
  give(documentId: string, what: T): void;
  take(documentId: string): T | null;
}

function createHandoff<T>(): Handoff<T> {
  const waiting = new Map<string, T>();
  return {
    give: (documentId, what) => void waiting.set(documentId, what),
    take(documentId) {
      const what = waiting.get(documentId) ?? null;
      waiting.delete(documentId);
      return what;
    },
  };
}

/** Files dropped for a dashboard. */
export const droppedFiles = createHandoff<readonly File[]>();
/** The id of the template of the product that an estimate begins with. */
export const chosenTemplate = createHandoff<string>();

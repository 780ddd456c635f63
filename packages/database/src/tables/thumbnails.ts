/** How a document looks in lists; a row appears when somebody begins to draw it. */
export interface ThumbnailsTable {
  document_id: string;
  company_id: string;
  /** The state that was drawn. */
  epoch: number | null;
  head: number | null;
  light: Uint8Array | null;
  dark: Uint8Array | null;
  /** Of how it looks, not of the state. */
  version: string | null;
  drawn_at: Date | null;
  claimed_until: Date | null;
}

import type * as Y from 'yjs';

/** What the house around the engine adds to a room; the engine itself knows no content. */
export interface RoomHooks {
  /** After a load, before anybody is served; may edit (a migration), its edits are logged under no user. */
  opened?(documentId: string, doc: Y.Doc): void;
  /** Some time after stored edits, and before the room closes: refresh what is derived (title in lists, search text). */
  settled?(documentId: string, doc: Y.Doc, head: number): Promise<void>;
}

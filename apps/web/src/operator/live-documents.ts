import type { InspectedDocument, LiveRoom, LiveSession, Overview } from '../api/operator.ts';

/** A document that is live in one process or several. */
export interface LiveDocument {
  readonly id: string;
  /** Undefined when it was purged between two looks. */
  readonly document: InspectedDocument | undefined;
  readonly rooms: readonly { readonly processId: string; readonly pid: number; readonly room: LiveRoom }[];
  readonly sessions: readonly (LiveSession & { readonly processId: string })[];
  readonly stateBytes: number;
  readonly tailEntries: number;
  readonly unsavedBytes: number;
  /** Milliseconds since 1970, or null when all is stored. */
  readonly dirtySince: number | null;
  readonly pendingBytes: number;
  readonly failing: boolean;
}

/** The rooms of all processes by document: those in trouble first, then those with the most people. */
export function liveDocuments({ processes, documents }: Overview): readonly LiveDocument[] {
  const known = new Map(documents.map((document) => [document.id, document]));
  const rooms = processes.flatMap(({ id, report }) =>
    report.rooms.map((room) => ({ processId: id, pid: report.pid, room })),
  );
  const live = [...Map.groupBy(rooms, ({ room }) => room.documentId)].map(([id, places]): LiveDocument => {
    const all = places.map(({ room }) => room);
    const dirty = all.flatMap(({ dirtySince }) => (dirtySince === null ? [] : [dirtySince]));
    return {
      id,
      document: known.get(id),
      rooms: places,
      sessions: places.flatMap(({ processId, room }) =>
        room.sessions.map((session) => ({ ...session, processId })),
      ),
      stateBytes: Math.max(...all.map(({ stateBytes }) => stateBytes)),
      tailEntries: Math.max(...all.map(({ tailEntries }) => tailEntries)),
      unsavedBytes: all.reduce((sum, { backlogBytes }) => sum + backlogBytes, 0),
      dirtySince: dirty.length === 0 ? null : Math.min(...dirty),
      pendingBytes: Math.max(...all.map(({ pendingBytes }) => pendingBytes)),
      failing: all.some(({ failing }) => failing),
    };
  });
  return live.sort(
    (a, b) =>
      Number(b.failing) - Number(a.failing) ||
      b.unsavedBytes - a.unsavedBytes ||
      b.pendingBytes - a.pendingBytes ||
      b.sessions.length - a.sessions.length ||
      a.id.localeCompare(b.id),
  );
}

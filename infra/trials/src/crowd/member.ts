import { createProvider, type Provider } from '@tidemark/client';
import { type EstimateView, estimate } from '@tidemark/documents/estimate';
import { createEditor, createReader, createUndo, type Editor, type Undo } from '@tidemark/documents/records';
import { WebSocket } from 'ws';
import { type Cable, layCable } from '../harness/cable.ts';
import { answer, type Person } from '../harness/people.ts';

/** Somebody of the crowd: the product's own client and commands, behind a network of their own. */
export interface Member {
  readonly provider: Provider;
  readonly editor: Editor;
  readonly undo: Undo;
  /** What their screen would show; the reader lives as long as they do. */
  view(): EstimateView;
  readonly cable: Cable;
  isCut: boolean;
  leave(): Promise<void>;
}

export async function enter(
  origin: string,
  person: Person,
  documentId: string,
  random: () => number,
): Promise<Member> {
  const cable = await layCable(origin);
  const provider = createProvider({
    url: `${cable.origin.replace('http', 'ws')}/sync`,
    documentId,
    offline: false,
    random,
    WebSocket: WebSocket as unknown as typeof globalThis.WebSocket,
    token: async () => {
      const asked = person.call(origin, 'POST', `/api/documents/${documentId}/sync-token`, {});
      return (await answer<{ token: string }>(asked, 200)).token;
    },
  });
  await provider.whenSynced;
  const editor = createEditor(provider.doc, estimate.schema, person.name);
  const undo = createUndo(editor);
  const reader = createReader(provider.doc, estimate);
  return {
    provider,
    editor,
    undo,
    view: () => reader.view(),
    cable,
    isCut: false,
    async leave() {
      undo.destroy();
      await provider.destroy();
      await cable.close();
    },
  };
}

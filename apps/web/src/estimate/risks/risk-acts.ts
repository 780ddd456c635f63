import { type EstimateView, moveRisk } from '@tidemark/documents/estimate';
import type { Editor, Reader } from '@tidemark/documents/records';

/** Moves a risk past its neighbour; false at the end of the list. */
export function moveRiskBy(
  editor: Editor,
  reader: Reader<EstimateView>,
  id: string,
  way: 'up' | 'down',
): boolean {
  const { risks } = reader.view();
  const at = risks.findIndex((risk) => risk.id === id);
  const to = way === 'up' ? at - 1 : at + 2;
  if (at === -1 || to < 0 || to > risks.length) return false;
  return moveRisk(editor, id, risks[to]?.id ?? null);
}

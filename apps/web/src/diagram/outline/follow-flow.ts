import { type Elements, referenceAt } from './elements-view.ts';
import type { Row } from './rows.ts';

/**
 * Where the flow goes from a line: a flow leads to its end, a step with one way on to the next step, one with several to the first of its
 * flows, which stand below each other. Null where it ends.
 */
export function alongFlow(
  elements: Elements,
  rows: readonly Row[],
  key: string,
  back: boolean,
): string | null {
  const type = elements.get(key)?.type;
  if (type === 'bpmn:SequenceFlow' || type === 'bpmn:MessageFlow') {
    return referenceAt(elements, key, back ? 'sourceRef' : 'targetRef');
  }
  const flows = (elements.get(key)?.lists.get(back ? 'incoming' : 'outgoing') ?? []).filter((flow) =>
    elements.has(flow),
  );
  const [first] = flows;
  if (first === undefined) return back ? referenceAt(elements, key, 'attachedToRef') : null;
  if (!back && flows.length > 1 && rows.some(({ node }) => node.key === first)) return first;
  return referenceAt(elements, first, back ? 'sourceRef' : 'targetRef');
}

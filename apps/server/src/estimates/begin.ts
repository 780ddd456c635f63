import {
  type EstimateView,
  estimate,
  estimateContent,
  fillEstimate,
  type Parent,
  type Status,
  setActual,
} from '@tidemark/documents/estimate';
import { createEditor, seed, transact } from '@tidemark/documents/records';
import * as Y from 'yjs';
import { viewOf } from './figures-of.ts';

const draft: Status = { is: 'draft', at: '', by: null, byName: '', versionId: null, number: null };

/**
 * Makes the state of an estimate the beginning of another document: a draft, whatever the original was, since nobody has
 * submitted this one; with this parent or none.
 */
export function beginEstimate(doc: Y.Doc, userId: string, parent: Parent | null): void {
  const { meta } = viewOf(doc);
  transact(createEditor(doc, estimate.schema, userId), 'Begin', (write) => {
    if (meta.status.is !== 'draft' || meta.status.at !== '') write.set('meta', 'meta', 'status', draft);
    if (parent !== null || meta.parent !== null) write.set('meta', 'meta', 'parent', parent);
  });
}

/** What was booked refers to the copies of its papers. */
export function givePapers(doc: Y.Doc, userId: string, ids: ReadonlyMap<string, string>): void {
  const editor = createEditor(doc, estimate.schema, userId);
  for (const { id, fileId } of viewOf(doc).actuals) {
    const copy = ids.get(fileId ?? '');
    if (copy !== undefined) setActual(editor, id, { fileId: copy });
  }
}

/** A new estimate with what a template says, and nothing of what became of that: no costs, outcomes or lessons, no history. */
export function estimateFromTemplate(template: Y.Doc, userId: string): Y.Doc {
  const view = viewOf(template);
  const content = estimateContent(template, fresh(view));
  const doc = new Y.Doc();
  seed(doc, estimate.schema, view.meta.title);
  fillEstimate(doc, content, userId);
  return doc;
}

function fresh(view: EstimateView): EstimateView {
  const { plannedDays } = view.review;
  return {
    ...view,
    review: { plannedDays, actualDays: null, startedOn: '', finishedOn: '' },
    risks: view.risks.map((risk) => ({ ...risk, outcome: 'open', actualImpact: null, outcomeNote: '' })),
    actuals: [],
    lessons: [],
  };
}

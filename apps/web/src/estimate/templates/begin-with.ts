import { addEstimate, type EstimateInput } from '@tidemark/documents/estimate';
import type { Editor } from '@tidemark/documents/records';
import { request } from '../../api/http.ts';

/** Puts what a template says into an open estimate that has nothing so far, as one step. False when it is not a draft. */
export function beginWith(editor: Editor, name: string, content: EstimateInput): boolean {
  return addEstimate(editor, content, `Begin with ${name}`) !== null;
}

/** What the company's template says, for an estimate that has a title already. Throws ApiError. */
export async function companyTemplate(templateId: string): Promise<EstimateInput> {
  const { content } = await request<{ content: unknown }>(
    'GET',
    `/api/documents/${encodeURIComponent(templateId)}/content`,
  );
  return unworked(content);
}

/** Without what became of the job that it was made of: no costs, outcomes, lessons or days, and no title. */
export function unworked(content: unknown): EstimateInput {
  const { meta, params, proposal, sections, risks, scope, terms, notes } = plain(content);
  return {
    meta: { ...plain(meta), title: undefined },
    params,
    proposal,
    sections,
    risks: Array.isArray(risks)
      ? risks.map((risk) => ({
          ...plain(risk),
          outcome: undefined,
          actualImpact: undefined,
          outcomeNote: undefined,
        }))
      : [],
    scope,
    terms,
    notes,
  };
}

function plain(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

import type * as Y from 'yjs';
import { readTexts } from './texts.ts';
import type { EstimateView } from './view.ts';

/** An estimate as JSON: what the view says, the lines within their sections, and the texts. */
export type EstimateContent = Omit<EstimateView, 'groups' | 'sections' | 'lines'> & {
  readonly sections: readonly {
    readonly id: string | null;
    readonly name: string;
    readonly lines: EstimateView['sections'][number]['lines'];
  }[];
  readonly scope: string;
  readonly terms: string;
  readonly notes: string;
};

export function estimateContent(doc: Y.Doc, view: EstimateView): EstimateContent {
  const { groups: _, lines: __, sections, ...rest } = view;
  return {
    ...rest,
    sections: sections.map(({ group, lines }) => ({ id: group?.id ?? null, name: group?.name ?? '', lines })),
    ...readTexts(doc),
  };
}

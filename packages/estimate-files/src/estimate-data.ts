import type { EstimateView, LineView } from '@tidemark/documents/estimate';

/** The texts of an estimate, which lie beside its view. */
export interface Texts {
  readonly scope: string;
  readonly terms: string;
  readonly notes: string;
}

/** A line as files hold it: `id` is absent on one that a person added in a spreadsheet. */
export type LineData = Partial<Omit<LineView, 'order' | 'group'>>;

export interface SectionData {
  /** Absent: new. null: the lines without a section. */
  readonly id?: string | null;
  readonly name: string;
  readonly lines: readonly LineData[];
}

/** A whole estimate as plain data in the document's units: what files are written from and read into, and what `fillEstimate` takes. */
export interface EstimateData extends Texts {
  readonly meta: Partial<EstimateView['meta']>;
  readonly params: Partial<EstimateView['params']>;
  readonly proposal: Partial<EstimateView['proposal']>;
  readonly review: Partial<EstimateView['review']>;
  readonly sections: readonly SectionData[];
  readonly risks: readonly Partial<Omit<EstimateView['risks'][number], 'order'>>[];
  readonly actuals: readonly Partial<EstimateView['actuals'][number]>[];
  readonly lessons: readonly Partial<Omit<EstimateView['lessons'][number], 'order'>>[];
}

export function dataOf(view: EstimateView, { scope, terms, notes }: Texts): EstimateData {
  const { meta, params, proposal, review, actuals } = view;
  const sections = view.sections.map(({ group, lines }) => ({
    id: group?.id ?? null,
    name: group?.name ?? '',
    lines: lines.map(({ order: _, group: __, ...line }) => line),
  }));
  const risks = view.risks.map(({ order: _, ...risk }) => risk);
  const lessons = view.lessons.map(({ order: _, ...lesson }) => lesson);
  return { meta, params, proposal, review, sections, risks, actuals, lessons, scope, terms, notes };
}

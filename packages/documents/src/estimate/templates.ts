import type * as Y from 'yjs';
import { type EstimateInput, fillEstimate } from './fill.ts';
import { asphaltRoof } from './template-asphalt-roof.ts';
import { bathroom } from './template-bathroom.ts';
import type { TemplateContent } from './template-content.ts';
import { metalRoof } from './template-metal-roof.ts';

/** What an estimate may begin with. Prices are plausible and in dollars; a company puts its own in their place. */
export interface EstimateTemplate {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  /** What it says; `addEstimate` puts it into an open estimate as one step. */
  readonly content: EstimateInput;
  /** Writes it into a new document, which keeps its title. */
  fill(doc: Y.Doc): void;
}

export const estimateTemplates: readonly EstimateTemplate[] = [
  template('blank', 'Blank estimate', 'Nothing but a first section.', {
    params: { targetBp: 1500, marginMode: 'margin', overheadBp: 0, contingencyBp: 0 },
    sections: [{ name: 'Section 1', lines: [] }],
    risks: [],
    scope: '',
    terms: '',
  }),
  template(
    'asphalt-roof',
    'Asphalt re-roof',
    'Tear off one layer and install architectural shingles on a house of 24 squares.',
    asphaltRoof,
  ),
  template('metal-roof', 'Metal roof', 'Standing seam on 22 squares, a simple gable.', metalRoof),
  template(
    'bathroom',
    'Bathroom remodel',
    'A full bathroom of 8 × 10 ft, fixtures where they were.',
    bathroom,
  ),
];

function template(id: string, name: string, description: string, content: TemplateContent): EstimateTemplate {
  return { id, name, description, content, fill: (doc) => void fillEstimate(doc, content) };
}

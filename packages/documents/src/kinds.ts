import type * as Y from 'yjs';
import type { Change, Touched } from './change.ts';
import { describeDashboard, describeDashboardSession } from './dashboard/describe.ts';
import { dashboard } from './dashboard/view.ts';
import { diagramContent } from './diagram/content.ts';
import { describeDiagram, describeDiagramSession } from './diagram/describe.ts';
import { seedDiagram } from './diagram/seed.ts';
import { diagram } from './diagram/view.ts';
import { estimateContent } from './estimate/content.ts';
import { describeEstimate, describeEstimateSession } from './estimate/describe.ts';
import { estimate } from './estimate/view.ts';
import type { Finding } from './records/finding.ts';
import type { Past } from './records/past.ts';
import type { Kind } from './records/reader.ts';
import type { KindSchema } from './records/schema.ts';
import { migrate, seed } from './records/seed.ts';
import { readState } from './records/state.ts';

/** What the server needs of a kind without knowing it. */
export interface DocumentKind {
  readonly schema: KindSchema;
  /** Sets a new document up. False, with nothing written, when it was seeded before. */
  seed(doc: Y.Doc, title: string): boolean;
  /** Brings a document of an older schema up to date by a forward edit. False when there was nothing to do. */
  migrate(doc: Y.Doc): boolean;
  /** The document as JSON, for `GET /api/documents/:id/content`. */
  content(doc: Y.Doc): unknown;
  /** Everything that a reader has to hide or mend. */
  check(doc: Y.Doc): readonly Finding[];
  title(doc: Y.Doc): string;
  /** What became of it between two moments, thing by thing, in the words of its kind. */
  describe(before: Past, after: Past): readonly Change[];
  /** What a session of work was about, in one line of at most about 80 characters. */
  describeSession(touched: Touched): string;
}

export const kindNames = ['dashboard', 'estimate', 'diagram'] as const;
export type KindName = (typeof kindNames)[number];

export const kinds: Readonly<Record<KindName, DocumentKind>> = {
  dashboard: {
    ...common(dashboard.schema),
    describe: describeDashboard,
    describeSession: describeDashboardSession,
    content: (doc) => viewOf(doc, dashboard),
    check: (doc) => viewOf(doc, dashboard).findings,
  },
  estimate: {
    ...common(estimate.schema),
    describe: describeEstimate,
    describeSession: describeEstimateSession,
    content: (doc) => estimateContent(doc, viewOf(doc, estimate)),
    check: (doc) => viewOf(doc, estimate).findings,
  },
  diagram: {
    ...common(diagram.schema),
    seed: seedDiagram,
    describe: describeDiagram,
    describeSession: describeDiagramSession,
    content: (doc) => diagramContent(viewOf(doc, diagram)),
    check: (doc) => viewOf(doc, diagram).findings,
  },
};

function viewOf<V>(doc: Y.Doc, kind: Kind<V>): V {
  const findings: Finding[] = [];
  const state = readState(doc, kind.schema, (finding) => findings.push(finding));
  return kind.view(state, findings, null);
}

/** What all kinds can do by their schema alone. */
function common(
  schema: KindSchema,
): Omit<DocumentKind, 'content' | 'check' | 'describe' | 'describeSession'> {
  return {
    schema,
    seed: (doc, title) => seed(doc, schema, title),
    // All kinds are at version 1: there is no older one to come from.
    migrate: (doc) => migrate(doc, schema, []),
    title(doc) {
      const title = readState(doc, schema).meta?.get('meta')?.get('title');
      return typeof title === 'string' ? title : '';
    },
  };
}

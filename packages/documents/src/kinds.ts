import type * as Y from 'yjs';
import type { Change, Thing, Touched } from './change.ts';
import type { Copied } from './copy-things.ts';
import { dashboardBody, restoreDashboardThings } from './dashboard/anatomy.ts';
import { copyDashboardThings } from './dashboard/copy.ts';
import { describeDashboard, describeDashboardSession } from './dashboard/describe.ts';
import { dashboard } from './dashboard/view.ts';
import { diagramBody, restoreDiagramThings } from './diagram/anatomy.ts';
import { diagramContent } from './diagram/content.ts';
import { copyDiagramThings } from './diagram/copy.ts';
import { describeDiagram, describeDiagramSession } from './diagram/describe.ts';
import { seedDiagram } from './diagram/seed.ts';
import { diagram } from './diagram/view.ts';
import { estimateBody, restoreEstimateThings } from './estimate/anatomy.ts';
import { estimateContent } from './estimate/content.ts';
import { copyEstimateThings } from './estimate/copy.ts';
import { describeEstimate, describeEstimateSession } from './estimate/describe.ts';
import { estimate } from './estimate/view.ts';
import type { Editor } from './records/editor.ts';
import type { Finding } from './records/finding.ts';
import type { Past } from './records/past.ts';
import type { Kind } from './records/reader.ts';
import type { KindSchema } from './records/schema.ts';
import { migrate, seed } from './records/seed.ts';
import { readState, type State } from './records/state.ts';

import { offeredWith, type Restored, reopenedWith, type Wish } from './restore-things.ts';

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
  /** Brings single things back to what they were then, as one step; one that was not there is removed. */
  restoreThings(editor: Editor, then: Past, things: readonly Thing[], wish?: Wish): Restored;
  /** What would come back with things only because people expect it to: what `alone` leaves where it is. */
  offeredWith(then: State, now: State, things: readonly Thing[]): readonly Thing[];
  /** What else would have to become what it was, so that they show: `“Part” is a subprocess again`. */
  reopenedWith(then: State, now: State, things: readonly Thing[]): readonly string[];
  /** Makes things of then anew beside what is there now, as one step. */
  copyThings(editor: Editor, then: Past, things: readonly Thing[]): Copied;
}

export const kindNames = ['dashboard', 'estimate', 'diagram'] as const;
export type KindName = (typeof kindNames)[number];

export const kinds: Readonly<Record<KindName, DocumentKind>> = {
  dashboard: {
    ...common(dashboard.schema),
    describe: describeDashboard,
    describeSession: describeDashboardSession,
    restoreThings: restoreDashboardThings,
    offeredWith: (then, now, things) => offeredWith(dashboardBody, then, now, things),
    reopenedWith: (then, now, things) => reopenedWith(dashboardBody, then, now, things),
    copyThings: copyDashboardThings,
    content: (doc) => viewOf(doc, dashboard),
    check: (doc) => viewOf(doc, dashboard).findings,
  },
  estimate: {
    ...common(estimate.schema),
    describe: describeEstimate,
    describeSession: describeEstimateSession,
    restoreThings: restoreEstimateThings,
    offeredWith: (then, now, things) => offeredWith(estimateBody, then, now, things),
    reopenedWith: (then, now, things) => reopenedWith(estimateBody, then, now, things),
    copyThings: copyEstimateThings,
    content: (doc) => estimateContent(doc, viewOf(doc, estimate)),
    check: (doc) => viewOf(doc, estimate).findings,
  },
  diagram: {
    ...common(diagram.schema),
    seed: seedDiagram,
    describe: describeDiagram,
    describeSession: describeDiagramSession,
    restoreThings: restoreDiagramThings,
    offeredWith: (then, now, things) => offeredWith(diagramBody, then, now, things),
    reopenedWith: (then, now, things) => reopenedWith(diagramBody, then, now, things),
    copyThings: copyDiagramThings,
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
function common(schema: KindSchema): Pick<DocumentKind, 'schema' | 'seed' | 'migrate' | 'title'> {
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

import { dashboard, setChartTitle } from '@tidemark/documents/dashboard';
import { diagram } from '@tidemark/documents/diagram';
import { estimate, setCells } from '@tidemark/documents/estimate';
import { createReader, type Editor, type Kind, transact } from '@tidemark/documents/records';
import type { Page } from 'playwright-core';
import type * as Y from 'yjs';
import { openDashboard, untilSaved } from './dashboard.ts';
import { middleOf, openDiagram } from './diagram.ts';
import { createEstimate, openEstimate, roof } from './estimate.ts';
import { cellOf } from './estimate-people.ts';
import { importOrder } from './order.ts';
import { createSample, type Person } from './people.ts';

/** One of the things of a document that say a number. */
export interface Piece {
  /** Of its record. */
  readonly id: string;
  /** By which a screen names it. */
  readonly shownAs: string;
}

/** A kind of document as people work on it: some things in it, each of which says a number. */
export interface Trade {
  readonly kind: 'dashboard' | 'estimate' | 'diagram';
  readonly schema: Kind<unknown>['schema'];
  /** Where the things stand in the records, and in which register they say it. */
  readonly collection: string;
  readonly register: string;
  create(origin: string, person: Person): Promise<string>;
  /** Four of its things. */
  pieces(doc: Y.Doc): readonly Piece[];
  open(page: Page, documentId: string): Promise<void>;
  /** What a screen shows of a thing; '' where it shows nothing. */
  shown(page: Page, piece: Piece): Promise<string>;
  /** What a replica says of it, as a screen ought to show it. */
  said(doc: Y.Doc, piece: Piece): string;
  /** By the product's own command. */
  write(editor: Editor, piece: Piece, number: number): void;
  /** By the screen, as far as one has typed it and not settled it yet: Enter does. */
  begin(page: Page, piece: Piece, number: number): Promise<void>;
}

const view = <V>(doc: Y.Doc, kind: Kind<V>): V => {
  const reader = createReader(doc, kind);
  const read = reader.view();
  reader.destroy();
  return read;
};

const estimates: Trade = {
  kind: 'estimate',
  schema: estimate.schema,
  collection: 'lines',
  register: 'unitCost',
  create: (origin, person) => createEstimate(origin, person, 'Roof of Building C', roof),
  pieces: () =>
    ['landfill-fees', 'architectural-shingles', 'dumpster-30-yd', 'install-shingles'].map((id) => ({
      id,
      shownAs: id,
    })),
  open: openEstimate,
  shown: (page, { shownAs }) => textOf(page, `[data-row="${shownAs}"] [data-column=unitCost] > span`),
  said(doc, { id }) {
    const line = view(doc, estimate).lines.get(id);
    return line ? (line.unitCost / 10_000).toFixed(2) : '';
  },
  write: (editor, { id }, number) =>
    void setCells(editor, [{ id, column: 'unitCost', value: number * 10_000 }]),
  async begin(page, { shownAs }, number) {
    await cellOf(page, shownAs, 'unitCost').click();
    await page.keyboard.type(String(number));
  },
};

const dashboards: Trade = {
  kind: 'dashboard',
  schema: dashboard.schema,
  collection: 'charts',
  register: 'title',
  create: createSample,
  pieces: (doc) =>
    view(doc, dashboard)
      .charts.slice(0, 4)
      .map(({ id }) => ({ id, shownAs: id })),
  open: openDashboard,
  shown: (page, { shownAs }) => textOf(page, `[data-chart="${shownAs}"] h2`),
  said: (doc, { id }) =>
    view(doc, dashboard)
      .charts.find((chart) => chart.id === id)
      ?.title.replaceAll(' ', '') ?? '',
  write: (editor, { id }, number) => void setChartTitle(editor, id, `No.${number}`),
  async begin(page, { shownAs }, number) {
    const field = page.getByRole('complementary').getByRole('textbox', { name: 'Title', exact: true });
    if (!(await field.isVisible())) {
      await page.locator(`[data-chart="${shownAs}"]`).focus();
      await page.keyboard.press('Enter');
      await page.getByRole('tab', { name: 'Style' }).click();
    }
    await field.fill(`No.${number}`);
  },
};

const diagrams: Trade = {
  kind: 'diagram',
  schema: diagram.schema,
  collection: 'el',
  register: '@name',
  create: importOrder,
  pieces(doc) {
    const all = [...view(doc, diagram).elements];
    return ['Check_order', 'Reserve', 'Invoice', 'Hand_over'].map((shownAs) => {
      const found = all.find(([, element]) => element.values.get('@id') === shownAs);
      if (found === undefined) throw new Error(`no element ${shownAs}`);
      return { id: found[0], shownAs };
    });
  },
  open: async (page, documentId) => {
    await openDiagram(page, documentId);
    await page.locator(`${drawn('Check_order')}`).waitFor();
    await untilSaved(page);
  },
  shown: (page, { shownAs }) => textOf(page, `${drawn(shownAs)} > .djs-visual > text`),
  said(doc, { id }) {
    const name = view(doc, diagram).elements.get(id)?.values.get('@name');
    return typeof name === 'string' ? name.replaceAll(' ', '') : '';
  },
  write: (editor, { id }, number) =>
    void transact(editor, 'Rename', (write) => write.set('el', id, '@name', `No.${number}`)),
  async begin(page, { shownAs }, number) {
    const { x, y } = await middleOf(page.locator(drawn(shownAs)));
    await page.mouse.dblclick(x, y);
    await page.locator('.djs-direct-editing-content').waitFor();
    await page.keyboard.press('Control+a');
    await page.keyboard.type(`No.${number}`);
  },
};

export const trades: readonly Trade[] = [estimates, dashboards, diagrams];

const drawn = (id: string) => `.djs-container .djs-shape[data-element-id="${id}"]`;

/** Lines of a label stand in pieces: without spaces they compare. */
function textOf(page: Page, selector: string): Promise<string> {
  return page.evaluate(
    (what) => (document.querySelector(what)?.textContent ?? '').replaceAll(/\s/g, ''),
    selector,
  );
}

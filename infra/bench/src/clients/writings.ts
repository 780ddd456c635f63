import { addCharts, dashboard } from '@tidemark/documents/dashboard';
import { createEditor, transact } from '@tidemark/documents/records';
import { seededRandom } from '@tidemark/trials/harness/random';
import * as Y from 'yjs';
import { readTrace } from './trace.ts';
import type { Writing } from './written-past.ts';

/** The writing of a paper as the scope of an estimate. */
export function paper(most: number): Writing {
  return {
    edits: readTrace()
      .patches.slice(0, most)
      .map(([at, deleted, inserted]) => (doc) => {
        const text = doc.getText('scope');
        if (deleted > 0) text.delete(at, deleted);
        if (inserted !== '') text.insert(at, inserted);
      }),
    weigh: (doc) => doc.getText('scope').length,
  };
}

/** A dashboard of 100 charts, which are put somewhere else one by one. */
export function moves(most: number): Writing {
  const random = seededRandom(100);
  const below = (bound: number) => Math.floor(random() * bound);
  let ids: readonly string[] = [];
  let turn = 0;
  const add = (doc: Y.Doc) => {
    ids = addCharts(
      createEditor(doc, dashboard.schema),
      Array.from({ length: 100 }, (_, n) => ({
        ...{ type: 'bar' as const, title: `Chart ${n}` },
        pos: { x: 0, y: n },
      })),
    );
  };
  const move = (doc: Y.Doc) => {
    turn += 1;
    const place = [below(12), below(400), turn];
    const id = ids[below(ids.length)]!;
    transact(createEditor(doc, dashboard.schema), 'Move chart', (write) =>
      write.set('charts', id, 'pos:lg', place),
    );
  };
  return { edits: [add, ...Array.from({ length: most - 1 }, () => move)], weigh: lastTurn };
}

function lastTurn(doc: Y.Doc): number {
  let last = 0;
  for (const chart of doc.getMap('charts').values()) {
    const place: unknown = chart instanceof Y.Map ? chart.get('pos:lg') : null;
    if (Array.isArray(place) && typeof place[2] === 'number') last = Math.max(last, place[2]);
  }
  return last;
}

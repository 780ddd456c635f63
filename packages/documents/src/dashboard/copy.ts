import { keyOf } from '../anatomy.ts';
import type { Thing } from '../change.ts';
import { type Copied, choose, copyLabel, recordAt, redirect } from '../copy-things.ts';
import { type Editor, newId, transact } from '../records/editor.ts';
import type { Json } from '../records/json.ts';
import { keysBetween } from '../records/order-key.ts';
import type { Past } from '../records/past.ts';
import { type RecordState, readState } from '../records/state.ts';
import { dashboardBody } from './anatomy.ts';
import { readChart } from './chart-view.ts';
import { columnsAt, freeSpot, type Tile } from './layout.ts';
import { layoutOf, tabOf } from './layout-view.ts';
import { dashboard } from './view.ts';

/**
 * Makes charts, filters, tabs and datasets of an earlier moment anew, as one step, beside what is there: charts at free places, the rest
 * after the others. A tab or dataset that a chart had and that is gone is made anew as well.
 */
export function copyDashboardThings(editor: Editor, then: Past, things: readonly Thing[]): Copied {
  const now = readState(editor.doc, editor.schema);
  const view = dashboard.view(now, [], null);
  const anatomy = dashboardBody.anatomy(then.state);
  const chosen = choose(editor, then.state, anatomy, things, (thing) =>
    anatomy.needs(thing).filter((need) => recordAt(now, need) === null),
  );
  const ids = new Map(chosen.things.map((thing) => [keyOf(thing), newId()]));
  const orders = new Map(
    [['tabs', view.tabs] as const, ['filters', view.filters] as const].map(([name, all]) => [
      name as string,
      keysBetween(all.at(-1)?.order ?? null, null, chosen.things.length),
    ]),
  );
  const taken = new Map<string | null, Tile[]>();

  const registersOf = (thing: Thing, record: RecordState): Record<string, Json | undefined> => {
    const registers: Record<string, Json | undefined> = Object.fromEntries(record);
    const order = orders.get(thing.collection)?.shift();
    if (order !== undefined) registers.o = order;
    for (const [register, collection] of [
      ['tab', 'tabs'],
      ['datasetId', 'datasets'],
    ] as const) {
      if (record.has(register)) registers[register] = redirect(record.get(register), collection, ids, now);
    }
    for (const [register, value] of record) {
      if (!register.startsWith('scope/')) continue;
      delete registers[register];
      const chart = redirect(register.slice('scope/'.length), 'charts', ids, now);
      if (chart !== null) registers[`scope/${chart}`] = value;
    }
    return thing.collection === 'charts'
      ? { ...registers, ...placeOf(thing.id, record, registers.tab) }
      : registers;
  };
  /** Only the wide grid is placed: what was placed by hand on narrower ones is another's place there. */
  const placeOf = (id: string, record: RecordState, tab: Json | undefined) => {
    const { size } = readChart(id, record, () => undefined).place;
    const shown = tabOf(view, typeof tab === 'string' ? tab : null);
    const home = typeof tab === 'string' && [...ids.values()].includes(tab) ? tab : shown;
    const tiles =
      taken.get(home) ?? (home === shown ? [...layoutOf(view, { tab: home, withHidden: true })] : []);
    const pos = freeSpot(size, tiles, columnsAt.lg);
    taken.set(home, [...tiles, { id: ids.get(keyOf({ collection: 'charts', id }))!, ...pos, ...size }]);
    return {
      'pos:lg': [pos.x, pos.y],
      'size:lg': [size.w, size.h],
      'pos:md': undefined,
      'pos:sm': undefined,
    };
  };

  const label = copyLabel(things, (thing) => dashboardBody.called(then, thing));
  const made = transact(
    editor,
    label,
    (write) => {
      for (const thing of chosen.things) {
        const registers = registersOf(thing, recordAt(then.state, thing)!);
        write.create(thing.collection, ids.get(keyOf(thing))!, registers);
      }
    },
    { asItWas: true },
  );
  if (!made) return { copies: [], left: chosen.left };
  const copies = chosen.things.map((of) => ({ of, copy: { ...of, id: ids.get(keyOf(of))! } }));
  return { copies, left: chosen.left };
}

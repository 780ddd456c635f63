import { keyOf } from '../anatomy.ts';
import type { Thing } from '../change.ts';
import { type Copied, choose, copyLabel, recordAt, redirect } from '../copy-things.ts';
import { type Editor, newId, transact } from '../records/editor.ts';
import type { Json } from '../records/json.ts';
import { compareOrder } from '../records/order-key.ts';
import type { Past } from '../records/past.ts';
import { readState, type State } from '../records/state.ts';
import { estimateBody } from './anatomy.ts';
import { linesIn, nameOf, placeAmong, standing } from './places.ts';

/**
 * Makes lines, sections with their lines, risks, actual costs and lessons of an earlier moment anew, as one step, each after the others of
 * its list. A line goes to its section, or to one of the same name, or its section is made anew as well.
 */
export function copyEstimateThings(editor: Editor, then: Past, things: readonly Thing[]): Copied {
  const now = readState(editor.doc, editor.schema);
  const anatomy = estimateBody.anatomy(then.state);
  const chosen = choose(editor, then.state, anatomy, things, (thing) =>
    anatomy.needs(thing).filter((need) => sectionNow(then.state, now, need) === null),
  );
  const ids = new Map(chosen.things.map((thing) => [keyOf(thing), newId()]));

  const registersOf = (thing: Thing): Record<string, Json | undefined> => {
    const record = recordAt(then.state, thing)!;
    const registers: Record<string, Json | undefined> = Object.fromEntries(record);
    if (thing.collection === 'lines') {
      const group = nameOf(record.get('g'));
      const need = { collection: 'groups', id: group ?? '' };
      registers.g = ids.get(keyOf(need)) ?? sectionNow(then.state, now, need);
    }
    for (const [register, collection] of [
      ['lineId', 'lines'],
      ['groupId', 'groups'],
      ['riskId', 'risks'],
    ] as const) {
      if (record.has(register)) registers[register] = redirect(record.get(register), collection, ids, now);
    }
    return registers;
  };

  const made = transact(
    editor,
    copyLabel(things, (thing) => estimateBody.called(then, thing)),
    (write) => {
      for (const [collection, all] of Map.groupBy(chosen.things, (thing) => thing.collection)) {
        const pairs = all.map((thing) => ({ thing, registers: registersOf(thing) }));
        const isOrdered = collection !== 'actuals';
        for (const [group, among] of Map.groupBy(pairs, ({ registers }) => registers.g ?? null)) {
          const list =
            collection === 'lines' ? linesIn(editor.doc, nameOf(group)) : standing(editor.doc, collection);
          const orders = isOrdered ? placeAmong(write, collection, list, null, among.length) : [];
          among.sort(byOrder).forEach(({ thing, registers }, index) => {
            write.create(collection, ids.get(keyOf(thing))!, {
              ...registers,
              ...(isOrdered ? { o: orders[index] } : {}),
            });
          });
        }
      }
    },
    { asItWas: true },
  );
  if (!made) return { copies: [], left: chosen.left };
  return {
    copies: chosen.things.map((of) => ({ of, copy: { ...of, id: ids.get(keyOf(of))! } })),
    left: chosen.left,
  };
}

/** The section itself while it is there, or else one that is called the same. */
function sectionNow(then: State, now: State, section: Thing): string | null {
  if (recordAt(now, section) !== null) return section.id;
  const name = recordAt(then, section)?.get('name');
  if (typeof name !== 'string' || name === '') return null;
  for (const id of now.groups?.keys() ?? []) {
    if (recordAt(now, { collection: 'groups', id })?.get('name') === name) return id;
  }
  return null;
}

interface Made {
  readonly thing: Thing;
  readonly registers: Record<string, Json | undefined>;
}

/** In the order they had among each other. */
function byOrder(a: Made, b: Made): number {
  const placeOf = ({ thing: { id }, registers: { o } }: Made) => ({ id, order: nameOf(o) });
  return compareOrder(placeOf(a), placeOf(b));
}

import type { Anatomy, Body } from '../anatomy.ts';
import type { Thing } from '../change.ts';
import { calledIn } from '../describe.ts';
import type { Editor } from '../records/editor.ts';
import type { Past } from '../records/past.ts';
import { isRemoved } from '../records/schema.ts';
import type { State } from '../records/state.ts';
import { type Restored, restoreThings, type Wish } from '../restore-things.ts';
import { dashboardSchema } from './schema.ts';
import { dashboardWords } from './words.ts';

/** How the things of a dashboard hang together: a chart shows on its tab and draws its dataset. */
export const dashboardBody: Body = {
  schema: dashboardSchema,
  anatomy,
  called: calledIn(dashboardWords, {}),
};

function anatomy(state: State): Anatomy {
  const at = ({ collection, id }: Thing) => {
    const record = state[collection]?.get(id);
    return record === undefined || isRemoved(record) ? undefined : record;
  };
  const none = () => [];
  return {
    partsOf: (thing) => (at(thing) === undefined ? [] : [thing]),
    needs: (thing) =>
      [
        ['tabs', 'tab'],
        ['datasets', 'datasetId'],
      ].flatMap(([collection, register]): Thing[] => {
        const id = at(thing)?.get(register!);
        const need = typeof id === 'string' ? { collection: collection!, id } : null;
        return need === null || at(need) === undefined ? [] : [need];
      }),
    holds: none,
    offers: ({ collection, id }) =>
      collection !== 'tabs'
        ? []
        : [...(state.charts ?? [])].flatMap(([chart, record]): Thing[] =>
            isRemoved(record) || record.get('tab') !== id ? [] : [{ collection: 'charts', id: chart }],
          ),
    dependents: none,
    claims: none,
  };
}

/** Brings single things back to what they were then, as one step; one that was not there is removed. */
export function restoreDashboardThings(
  editor: Editor,
  then: Past,
  things: readonly Thing[],
  wish?: Wish,
): Restored {
  return restoreThings(editor, dashboardBody, then, things, wish);
}

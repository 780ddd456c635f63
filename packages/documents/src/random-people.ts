import type fc from 'fast-check';
import type * as Y from 'yjs';
import * as dashboard from './dashboard/random-edits.ts';
import * as diagram from './diagram/random-edits.ts';
import * as estimate from './estimate/random-edits.ts';
import type { KindName } from './kinds.ts';

/** Random people at work on documents of all kinds, for property tests of whoever keeps them. */
export interface RandomPeople {
  readonly docs: readonly Y.Doc[];
  /** Does what number `index` of the edits says: one person's gesture, then deliveries of updates to others. */
  work(index: number): void;
}

/** Up to `maxLength` edits of `count` people, who begin with one seeded document. */
export function randomPeople(
  kind: KindName,
  count: number,
  maxLength: number,
): fc.Arbitrary<{ readonly length: number; begin(): RandomPeople }> {
  if (kind === 'dashboard') return made(dashboard.edits(count, maxLength), () => dashboard.people(count));
  if (kind === 'diagram') return made(diagram.edits(count, maxLength), () => diagram.people(count));
  return made(estimate.edits(count, maxLength), () => estimate.people(count));
}

function made<Edit>(
  edits: fc.Arbitrary<Edit[]>,
  people: () => { readonly network: { readonly docs: readonly Y.Doc[] }; work(edit: Edit): unknown },
) {
  return edits.map((all) => ({
    length: all.length,
    begin(): RandomPeople {
      const { network, work } = people();
      return {
        docs: network.docs,
        work(index) {
          const edit = all[index];
          if (edit === undefined) throw new RangeError(`There is no edit ${index}.`);
          work(edit);
        },
      };
    },
  }));
}

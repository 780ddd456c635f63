import type { RecoveryDeparted } from '../../api/recovery.ts';

type Place = RecoveryDeparted['elsewhere'][number];

/** Documents of a space that are told by name; the others are counted. */
const mostNamed = 5;

export interface DepartedWords {
  /** Of what was deleted for good; empty: nothing was. */
  readonly gone: string;
  /** Of what is in other spaces without being listed. */
  readonly others: string;
  /** Of what is where the person sees nothing. */
  readonly hidden: string;
}

export function departedWords({ purged, moved, hidden, elsewhere }: RecoveryDeparted): DepartedWords {
  const others = moved - hidden - elsewhere.length;
  return {
    gone: purged > 0 ? `${wereOf(purged)} deleted for good and cannot come back.` : '',
    others: others > 0 ? `${wereOf(others)} moved to other spaces, too.` : '',
    hidden: hidden > 0 ? `${wereOf(hidden)} moved to where you have no access.` : '',
  };
}

/** What was moved, by where it is now. */
export function bySpace({ elsewhere }: RecoveryDeparted) {
  const spaces = Map.groupBy(elsewhere, ({ space }) => space.id);
  return [...spaces.values()].flatMap((places) => {
    const [first] = places;
    return first ? [{ space: first.space, ...named(places) }] : [];
  });
}

function named(places: readonly Place[]) {
  // “And 1 other” would take as much room as its name.
  const shown = places.length <= mostNamed + 1 ? places : places.slice(0, mostNamed);
  return { named: shown.map(({ document }) => document), more: places.length - shown.length };
}

const wereOf = (count: number) =>
  count === 1 ? 'One document of that time was' : `${count} documents of that time were`;

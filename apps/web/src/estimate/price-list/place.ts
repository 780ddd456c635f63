import type { EstimateView, LinePlace } from '@tidemark/documents/estimate';

/** Where lines of the price list go: the section, and the line before which they stand. */
export interface Insertion {
  readonly place: LinePlace;
  /** In words, for the panel. */
  readonly words: string;
}

/**
 * Below the line that is chosen, or last in the section that is; else last in the section that was worked in before, or in the last
 * section of all. `chosen` and `before` are ids of lines or sections.
 */
export function insertionAt(view: EstimateView, chosen: string | null, before: string | null): Insertion {
  return (
    (chosen === null ? null : (belowLine(view, chosen) ?? inSection(view, chosen))) ??
    (before === null ? null : inSection(view, sectionOf(view, before) ?? before)) ??
    lastOfAll(view)
  );
}

/** Where a row of the grid says: by the key of the row, as the grid writes it there. */
export function insertionAtRow(view: EstimateView, key: string): Insertion | null {
  const section = /^\+(.*)#$/.exec(key) ?? /^#(.*)$/.exec(key);
  if (section === null) return belowLine(view, key);
  return section[1] === '' ? unsectioned : inSection(view, section[1] ?? '');
}

const unsectioned: Insertion = { place: { group: null }, words: 'last' };

function belowLine({ sections }: EstimateView, id: string): Insertion | null {
  for (const { group, lines } of sections) {
    const at = lines.findIndex((line) => line.id === id);
    if (at < 0) continue;
    const name = lines[at]?.name;
    return {
      place: { group: group?.id ?? null, before: lines[at + 1]?.id ?? null },
      words: name ? `below “${name}”` : 'below the chosen line',
    };
  }
  return null;
}

function inSection({ groups }: EstimateView, id: string): Insertion | null {
  const group = groups.find((one) => one.id === id);
  return group === undefined
    ? null
    : { place: { group: id }, words: group.name ? `in “${group.name}”` : 'in the chosen section' };
}

function sectionOf({ sections }: EstimateView, line: string): string | null {
  const home = sections.find(({ lines }) => lines.some(({ id }) => id === line));
  return home?.group?.id ?? null;
}

function lastOfAll(view: EstimateView): Insertion {
  const last = view.groups.at(-1);
  return (last && inSection(view, last.id)) ?? unsectioned;
}

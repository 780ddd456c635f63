import type { ActualView, EstimateView } from '@tidemark/documents/estimate';

/** What an actual cost is for: a line, a section, or the job as a whole. */
export type Place = Pick<ActualView, 'lineId' | 'groupId'>;

export const wholeJob = 'job';

/** A place as the value of a list. */
export function placeKey({ lineId, groupId }: Place): string {
  if (lineId !== null) return `line ${lineId}`;
  return groupId === null ? wholeJob : `section ${groupId}`;
}

/** Both ids of a line: when it is gone, what was booked on it stands on its section. */
export function placeOf(key: string, view: Pick<EstimateView, 'lines'>): Place {
  const [kind, id] = [key.slice(0, key.indexOf(' ')), key.slice(key.indexOf(' ') + 1)];
  if (kind === 'line') return { lineId: id, groupId: view.lines.get(id)?.group ?? null };
  return { lineId: null, groupId: kind === 'section' ? id : null };
}

export function placeName({ lineId, groupId }: Place, view: Pick<EstimateView, 'lines' | 'groups'>): string {
  const line = lineId === null ? undefined : view.lines.get(lineId);
  if (line !== undefined) return line.name || line.code || 'A line without a name';
  const group = groupId === null ? undefined : view.groups.find(({ id }) => id === groupId);
  if (group !== undefined) return group.name || 'A section without a name';
  return lineId === null && groupId === null ? 'Whole job' : 'What it was for is gone';
}

interface Choice {
  readonly value: string;
  readonly label: string;
}

/** All places for a list, sections with their lines. */
export function placeChoices(
  view: Pick<EstimateView, 'sections' | 'groups' | 'lines'>,
): readonly { readonly group: string; readonly items: Choice[] }[] {
  const sections = view.sections.map(({ group, lines }) => {
    const name = group === null ? 'Without a section' : group.name || 'A section without a name';
    const whole: Choice[] =
      group === null
        ? []
        : [{ value: placeKey({ lineId: null, groupId: group.id }), label: `${name} (section)` }];
    const items = lines.map(({ id, group: groupId }): Choice => {
      const place = { lineId: id, groupId };
      return { value: placeKey(place), label: placeName(place, view) };
    });
    return { group: name, items: [...whole, ...items] };
  });
  return [{ group: 'All', items: [{ value: wholeJob, label: 'Whole job' }] }, ...sections];
}

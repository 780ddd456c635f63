import { AvatarStack } from '@tidemark/ui';
import { colourOf } from '../shell/colour.ts';
import type { Follow } from './use-follow.ts';
import { usePeople } from './use-presence.ts';

/** Who is here; picking somebody follows them. */
export function People({ follow, limit }: { follow: Follow; limit: number }) {
  const people = usePeople();
  return (
    <AvatarStack
      verb="Follow"
      limit={limit}
      pressed={follow.person?.id ?? null}
      onPick={(person) => follow.toggle(person.id)}
      people={people
        .filter((person) => !person.me || person.devices > 1)
        .map((person) => ({
          id: person.id,
          name: person.me ? `${person.name} (you)` : person.name,
          colour: colourOf(person.id),
          away: person.away,
          note: [
            person.past ? 'looking at the past' : '',
            person.devices > 1 ? `on ${person.devices} devices` : '',
          ]
            .filter(Boolean)
            .join(', '),
        }))}
    />
  );
}

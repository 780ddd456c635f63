import { useEffect, useMemo } from 'react';
import { useTalk } from '../../conversation/context.ts';
import { useSession } from '../../editor/context.ts';
import { usePeople } from '../../editor/use-presence.ts';

export interface PeopleNames {
  /** All who may work on this document, as far as this device knows them, by name. */
  readonly names: readonly string[];
  /** Null where nobody knows. */
  nameOf(userId: string | null): string | null;
}

/** Who the people of this document are: those one can mention in it, and those who are here. */
export function usePeopleNames(): PeopleNames {
  const { me } = useSession();
  const { conversation, snapshot } = useTalk();
  const present = usePeople();
  useEffect(() => void conversation?.meetPeople(), [conversation]);
  return useMemo(() => {
    const all = new Map([...snapshot.people, ...present, me].map(({ id, name }) => [id, name]));
    return {
      names: [...new Set(all.values())].sort((a, b) => a.localeCompare(b)),
      nameOf: (userId) => (userId === null ? null : (all.get(userId) ?? null)),
    };
  }, [snapshot.people, present, me]);
}

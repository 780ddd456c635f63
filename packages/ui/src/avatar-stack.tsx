import { Tooltip } from '@mantine/core';
import css from './avatar-stack.module.css';

export interface Person {
  id: string;
  name: string;
  /** Any CSS colour dark enough for white initials. */
  colour: string;
  /** Shown dimmed, and said in words. */
  away?: boolean;
  /** Said after the name, such as "on 2 devices". */
  note?: string;
}

interface AvatarProps {
  person: Person;
  size?: number;
}

/** First letters of the first and the last word, at most two; what stands in brackets is no part of a name. */
export function initials(name: string): string {
  const words = name
    .replaceAll(/\(.*?\)/g, ' ')
    .trim()
    .split(/\s+/)
    .filter(Boolean);
  const first = words[0]?.[0] ?? '?';
  const last = words.length > 1 ? (words.at(-1)?.[0] ?? '') : '';
  return (first + last).toUpperCase();
}

export function Avatar({ person, size = 28 }: AvatarProps) {
  return (
    <span
      className={css.avatar}
      data-away={person.away || undefined}
      style={{ background: person.colour, width: size, height: size, fontSize: size * 0.37 }}
      data-initials={initials(person.name)}
      aria-hidden
    />
  );
}

interface StackProps {
  people: readonly Person[];
  /** How many are drawn before "+N". */
  limit?: number;
  pressed?: string | null;
  onPick?: (person: Person) => void;
  /** What picking does, for the accessible name: "Follow" gives "Follow Ana Diaz". */
  verb: string;
}

/** Who is here: at most `limit` faces, the rest as a number whose tooltip names them. */
export function AvatarStack({ people, limit = 5, pressed, onPick, verb }: StackProps) {
  const shown = people.slice(0, limit);
  const rest = people.slice(limit);
  return (
    <ul className={css.stack} aria-label="People here">
      {shown.map((person) => {
        const words = [person.name, person.away ? 'away' : '', person.note ?? ''].filter(Boolean).join(', ');
        return (
          <li key={person.id}>
            <Tooltip label={words}>
              <button
                type="button"
                className={css.face}
                aria-label={`${verb} ${words}`}
                aria-pressed={pressed === person.id}
                onClick={() => onPick?.(person)}
              >
                <Avatar person={person} />
              </button>
            </Tooltip>
          </li>
        );
      })}
      {rest.length > 0 && (
        <li>
          <Tooltip label={rest.map((person) => person.name).join(', ')}>
            <span className={css.more} role="img" aria-label={`and ${rest.length} more`}>
              +{rest.length}
            </span>
          </Tooltip>
        </li>
      )}
    </ul>
  );
}

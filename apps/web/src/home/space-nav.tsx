import {
  IconBuilding,
  IconHistory,
  IconTags,
  IconTemplate,
  IconTrash,
  IconUser,
  IconUsers,
} from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ListPart } from '../api/documents.ts';
import type { Me, Space } from '../api/types.ts';
import css from './space-nav.module.css';

interface Props {
  me: Me;
  /** Null: no space, but a place of the company. */
  space: Space | null;
  part: ListPart;
  place?: 'prices' | 'past';
  onPeople: () => void;
}

const parts = [
  { name: 'templates', label: 'Templates', icon: IconTemplate },
  { name: 'bin', label: 'Bin', icon: IconTrash },
] as const;

/** Which space is shown, its templates and its bin, and what is the company's as a whole. A column beside the list, a scrolling row above it on a phone. */
export function SpaceNav({ me, space, part, place, onPeople }: Props) {
  // What lies in a bin is known to those alone who may take it out.
  const shown = parts.filter(({ name }) => name !== 'bin' || space?.access !== 'read' || part === 'bin');
  return (
    <nav className={css.nav} aria-label="Spaces">
      <div className={css.company}>Spaces</div>
      {me.spaces.map((each) => {
        const Icon = each.kind === 'company' ? IconBuilding : IconUser;
        const here = each.id === space?.id && part === 'documents';
        return (
          <Link
            key={each.id}
            to="/"
            search={{ space: each.id }}
            className={css.link}
            data-here={here || undefined}
            aria-current={here ? 'page' : undefined}
          >
            <Icon size={17} stroke={1.7} aria-hidden />
            <span>{each.name}</span>
          </Link>
        );
      })}
      {shown.map(({ name, label, icon: Icon }) => (
        <Link
          key={name}
          to="/"
          search={{ ...(space ? { space: space.id } : {}), part: name }}
          className={css.link}
          data-here={name === part || undefined}
          aria-current={name === part ? 'page' : undefined}
        >
          <Icon size={17} stroke={1.7} aria-hidden />
          <span>{label}</span>
        </Link>
      ))}
      <hr className={css.rule} />
      <Link
        to="/prices"
        className={css.link}
        data-here={place === 'prices' || undefined}
        aria-current={place === 'prices' ? 'page' : undefined}
      >
        <IconTags size={17} stroke={1.7} aria-hidden />
        <span>Price list</span>
      </Link>
      <Link
        to="/past-projects"
        className={css.link}
        data-here={place === 'past' || undefined}
        aria-current={place === 'past' ? 'page' : undefined}
      >
        <IconHistory size={17} stroke={1.7} aria-hidden />
        <span>Past projects</span>
      </Link>
      <button type="button" className={css.link} onClick={onPeople}>
        <IconUsers size={17} stroke={1.7} aria-hidden />
        <span>People</span>
      </button>
    </nav>
  );
}

import { Link } from '@tanstack/react-router';
import { AppBar, Mark, usePhone } from '@tidemark/ui';
import type { ReactNode } from 'react';
import { ProfileMenu } from '../shell/profile-menu.tsx';
import { useSession } from './context.ts';
import css from './editor-bar.module.css';
import { People } from './people.tsx';
import { useMayEdit } from './rights.ts';
import { Status } from './status.tsx';
import { TitleField } from './title-field.tsx';
import type { Follow } from './use-follow.ts';

interface Props {
  title: string;
  onTitle: (text: string) => void;
  /** What is to be known of the document at once, beside its title. */
  mark?: ReactNode;
  follow: Follow;
  /** What can be done with a document of this kind; `compact` on a phone, where it has a row of its own. */
  tools: (compact: boolean) => ReactNode;
}

/** Where one is, whether it is stored, who is here, and what can be done. */
export function EditorBar({ title, onTitle, mark, follow, tools }: Props) {
  const phone = usePhone();
  const mayEdit = useMayEdit();
  const { kind } = useSession();
  return (
    <>
      <AppBar
        start={
          <>
            <Link to="/" aria-label="Back to your documents" className={css.home}>
              <Mark size={26} />
            </Link>
            <TitleField title={title} kind={kind} readOnly={!mayEdit} onChange={onTitle} />
            {mark}
            {!phone && <Status />}
          </>
        }
        end={
          <>
            <People follow={follow} limit={phone ? 2 : 5} />
            {!phone && tools(false)}
            <ProfileMenu />
          </>
        }
      />
      {phone && (
        <div className={css.second}>
          <Status />
          <span className={css.gap} />
          {tools(true)}
        </div>
      )}
    </>
  );
}

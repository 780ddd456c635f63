import { Button, Select } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconUserMinus } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Avatar, IconButton } from '@tidemark/ui';
import { useId, useState } from 'react';
import { changeRole, membersQuery, removeMember } from '../api/company.ts';
import { wordsOf } from '../api/http.ts';
import type { Member, Role } from '../api/types.ts';
import { colourOf } from '../shell/colour.ts';
import css from './people-dialog.module.css';

const roleWords: Readonly<Record<Role, string>> = { owner: 'Owner', editor: 'Editor', viewer: 'Viewer' };
const roles = Object.entries(roleWords).map(([value, label]) => ({ value, label }));

/** Escape in here does not close the dialog around it. */
const staysOpen = { 'data-mantine-stop-propagation': 'true' };

const inSight = (element: HTMLElement | null) => element?.scrollIntoView({ block: 'nearest' });

interface Props {
  member: Member;
  me: boolean;
  /** Whether roles may be changed and people removed from here. */
  manages: boolean;
}

/** One person of the company; an owner gives another role, or removes them. */
export function MemberRow({ member, me, manages }: Props) {
  const queryClient = useQueryClient();
  const [asking, setAsking] = useState(false);
  const opener = useId();
  const outcome = {
    onError: (error: unknown) => notifications.show({ message: wordsOf(error), color: 'red' }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: membersQuery.queryKey }),
  };
  const appoint = useMutation({
    mutationFn: (role: Role) => changeRole(member.id, role),
    // One after the other: of two roles chosen quickly the last stands.
    scope: { id: `role of ${member.id}` },
    ...outcome,
  });
  const remove = useMutation({ mutationFn: () => removeMember(member.id), ...outcome });
  const keep = () => {
    setAsking(false);
    document.getElementById(opener)?.focus();
  };
  // Pending until the list is here that says it: until then `member` is as it was before.
  const role = appoint.isPending ? appoint.variables : member.role;
  return (
    <li>
      <div className={css.member}>
        <Avatar person={{ id: member.id, name: member.name, colour: colourOf(member.id) }} size={32} />
        <span className={css.who}>
          <span className={css.name}>
            {member.name}
            {me && <span className={css.you}> (you)</span>}
          </span>
          <span className={css.email}>{member.email}</span>
        </span>
        {manages && !me ? (
          <>
            <Select
              aria-label={`Role of ${member.name}`}
              size="xs"
              w={96}
              data={roles}
              value={role}
              allowDeselect={false}
              comboboxProps={{ withinPortal: true, width: 130, position: 'bottom-end' }}
              onChange={(value) => value !== null && value !== role && appoint.mutate(value as Role)}
            />
            <IconButton
              label={`Remove ${member.name}`}
              hint="Remove"
              size={30}
              id={opener}
              aria-expanded={asking}
              onClick={() => setAsking(!asking)}
            >
              <IconUserMinus size={16} stroke={1.7} />
            </IconButton>
          </>
        ) : (
          <span className={css.role}>{roleWords[role]}</span>
        )}
      </div>
      {asking && (
        // biome-ignore lint/a11y/useSemanticElements: a question inside a list; fieldset is for forms
        <div
          ref={inSight}
          className={css.question}
          role="group"
          aria-label={`Remove ${member.name}?`}
          onKeyDown={(event) => event.key === 'Escape' && keep()}
        >
          <p className={css.words}>
            Documents that they have open close at once. What they could not send stays on their device.
          </p>
          <Button size="compact-sm" variant="default" autoFocus onClick={keep} {...staysOpen}>
            Cancel
          </Button>
          <Button
            size="compact-sm"
            variant="danger"
            loading={remove.isPending}
            onClick={() => remove.mutate()}
            {...staysOpen}
          >
            Remove
          </Button>
        </div>
      )}
    </li>
  );
}

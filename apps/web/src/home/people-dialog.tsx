import { Button, CopyButton, Modal, SegmentedControl, Skeleton, TextInput } from '@mantine/core';
import { IconCheck, IconCopy, IconLink } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { createInvitation, membersQuery, renameCompany } from '../api/company.ts';
import { wordsOf } from '../api/http.ts';
import { meQuery } from '../api/session.ts';
import type { Me } from '../api/types.ts';
import { FormError } from '../session/form.tsx';
import { MemberRow } from './member-row.tsx';
import css from './people-dialog.module.css';

/** Who is in the company, and a link that lets somebody else in. */
export function PeopleDialog({ me, onClose }: { me: Me; onClose: () => void }) {
  const members = useQuery(membersQuery);
  return (
    <Modal
      opened
      onClose={onClose}
      title={`People in ${me.company.name}`}
      size="md"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {me.company.role === 'owner' && <CompanyName name={me.company.name} />}
      {me.company.role === 'owner' && <InvitationMaker />}
      <h3 className={css.heading}>Members</h3>
      {members.isPending && <Skeleton height={48} />}
      {members.isError && <p className={css.words}>{wordsOf(members.error)}</p>}
      <ul className={css.list} aria-label="Members">
        {(members.data ?? []).map((member) => (
          <MemberRow
            key={member.id}
            member={member}
            me={member.id === me.user.id}
            manages={me.company.role === 'owner'}
          />
        ))}
      </ul>
    </Modal>
  );
}

function CompanyName({ name }: { name: string }) {
  const queryClient = useQueryClient();
  const rename = useMutation({
    mutationFn: renameCompany,
    onSuccess: () => queryClient.invalidateQueries({ queryKey: meQuery.queryKey }),
  });
  const [text, setText] = useState(name);
  const clean = text.trim();
  return (
    <form
      className={css.company}
      onSubmit={(event) => {
        event.preventDefault();
        rename.mutate(clean);
      }}
    >
      <TextInput
        label="Company name"
        value={text}
        maxLength={100}
        flex={1}
        onChange={(event) => setText(event.currentTarget.value)}
        error={rename.isError ? wordsOf(rename.error) : undefined}
      />
      {clean !== name && clean !== '' && (
        <Button type="submit" loading={rename.isPending}>
          Rename
        </Button>
      )}
    </form>
  );
}

function InvitationMaker() {
  const [role, setRole] = useState<'editor' | 'viewer'>('editor');
  const make = useMutation({ mutationFn: createInvitation });
  const link = make.data ? `${location.origin}/invite/${make.data.code}` : null;
  return (
    <section className={css.invite}>
      <h3 className={css.heading}>Invite by link</h3>
      <p className={css.words}>
        {role === 'editor'
          ? 'Whoever opens the link can view and edit.'
          : 'Whoever opens the link can view only.'}
      </p>
      <div className={css.row}>
        <SegmentedControl
          aria-label="What the invited person may do"
          size="md"
          value={role}
          onChange={(value) => {
            setRole(value === 'viewer' ? 'viewer' : 'editor');
            make.reset();
          }}
          data={[
            { value: 'editor', label: 'Can edit' },
            { value: 'viewer', label: 'Can view' },
          ]}
        />
        <Button
          leftSection={<IconLink size={16} stroke={1.8} />}
          loading={make.isPending}
          onClick={() => make.mutate(role)}
          variant={link ? 'default' : 'filled'}
        >
          {link ? 'Make another link' : 'Make link'}
        </Button>
      </div>
      <FormError error={make.error} />
      {link && (
        <div className={css.link}>
          <TextInput
            readOnly
            value={link}
            aria-label="Invitation link"
            flex={1}
            onFocus={(event) => event.currentTarget.select()}
          />
          <CopyButton value={link} timeout={2000}>
            {({ copied, copy }) => (
              <Button
                onClick={copy}
                leftSection={
                  copied ? <IconCheck size={16} stroke={2} /> : <IconCopy size={16} stroke={1.8} />
                }
              >
                {copied ? 'Copied' : 'Copy'}
              </Button>
            )}
          </CopyButton>
        </div>
      )}
    </section>
  );
}

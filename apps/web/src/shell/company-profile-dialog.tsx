import { Button, ColorInput, FileButton, Loader, Modal, Select, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { ConfirmDialog, DialogFoot } from '@tidemark/ui';
import { useMemo, useState } from 'react';
import {
  type CompanyProfile,
  companyProfileQuery,
  logoAddress,
  type ProfileFields,
  removeLogo,
  sendLogo,
  writeCompanyProfile,
} from '../api/company-profile.ts';
import { ApiError, wordsOf } from '../api/http.ts';
import { meQuery } from '../api/session.ts';
import { FormError } from '../session/form.tsx';
import css from './company-profile-dialog.module.css';
import { useOnline } from './online.ts';

/** What stands at the head of the company's papers. Everybody reads it, owners change it. */
export function CompanyProfileDialog({ onClose }: { onClose: () => void }) {
  const profile = useQuery({ ...companyProfileQuery, refetchOnWindowFocus: false });
  const [dirty, setDirty] = useState(false);
  const [leaving, setLeaving] = useState(false);
  const leave = () => (dirty ? setLeaving(true) : onClose());
  return (
    <Modal
      opened
      onClose={leave}
      title="Company on your papers"
      size={640}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {profile.data !== undefined ? (
        <Form profile={profile.data} onDirty={setDirty} onClose={onClose} />
      ) : profile.isError ? (
        <div className={css.middle}>
          <p>{wordsOf(profile.error)}</p>
          <Button variant="default" onClick={() => void profile.refetch()}>
            Try again
          </Button>
        </div>
      ) : (
        <div className={css.middle}>
          <Loader aria-label="Loading" />
        </div>
      )}
      <ConfirmDialog
        opened={leaving}
        title="Leave without saving?"
        confirm="Discard changes"
        onConfirm={onClose}
        onClose={() => setLeaving(false)}
      >
        What you changed here is not saved.
      </ConfirmDialog>
    </Modal>
  );
}

interface FormProps {
  readonly profile: CompanyProfile;
  readonly onDirty: (dirty: boolean) => void;
  readonly onClose: () => void;
}

function Form({ profile, onDirty, onClose }: FormProps) {
  const { data: me } = useSuspenseQuery(meQuery);
  const online = useOnline();
  const queryClient = useQueryClient();
  // What somebody else writes meanwhile does not go over what is typed here.
  const [base, setBase] = useState(profile);
  const [fields, setFields] = useState<ProfileFields>(() => fieldsOf(profile));
  const may = me.company.role === 'owner';
  const save = useMutation({
    mutationFn: () => writeCompanyProfile({ ...fields, revision: base.revision }),
    onSuccess: (written) => {
      queryClient.setQueryData(companyProfileQuery.queryKey, written);
      onDirty(false);
      onClose();
    },
  });
  const theirs = useMutation({
    mutationFn: () => queryClient.fetchQuery({ ...companyProfileQuery, staleTime: 0 }),
    onSuccess: (read) => {
      setBase(read);
      setFields(fieldsOf(read));
      onDirty(false);
      save.reset();
    },
  });
  const wrong = save.error instanceof ApiError ? save.error.fields : {};
  const overtaken = save.error instanceof ApiError && save.error.code === 'changed-meanwhile';
  const set = (patch: Partial<ProfileFields>) => {
    setFields({ ...fields, ...patch });
    onDirty(true);
  };
  const field = (
    name: Exclude<keyof ProfileFields, 'terms' | 'accent' | 'timeZone' | 'address'>,
    label: string,
    more = {},
  ) => (
    <TextInput
      label={label}
      value={fields[name]}
      error={wrong[name]}
      readOnly={!may}
      maxLength={200}
      onChange={(event) => set({ [name]: event.currentTarget.value })}
      {...more}
    />
  );
  const zones = useMemo(
    () => [...new Set([fields.timeZone, 'UTC', ...Intl.supportedValuesOf('timeZone')])],
    [fields.timeZone],
  );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <p className={css.words}>
        It stands at the head of every proposal.
        {!may && ' Only an owner of the company changes it.'}
      </p>
      <Logo profile={profile} may={may && online} />
      <div className={css.fields}>
        {field('name', 'Name', { placeholder: profile.companyName })}
        <Textarea
          label="Address"
          value={fields.address}
          error={wrong.address}
          readOnly={!may}
          maxLength={1_000}
          autosize
          minRows={2}
          onChange={(event) => set({ address: event.currentTarget.value })}
        />
        <div className={css.pair}>
          {field('phone', 'Phone', { type: 'tel', maxLength: 100 })}
          {field('email', 'E-mail', { type: 'email' })}
          {field('website', 'Website')}
          {field('licence', 'License number')}
        </div>
        <Textarea
          label="Terms"
          description="Of estimates that have none of their own; kept in them when they are submitted."
          value={fields.terms}
          error={wrong.terms}
          readOnly={!may}
          maxLength={20_000}
          autosize
          minRows={3}
          maxRows={10}
          onChange={(event) => set({ terms: event.currentTarget.value })}
        />
        <div className={css.pair}>
          <ColorInput
            label="Colour of headlines"
            value={fields.accent}
            error={wrong.accent}
            readOnly={!may}
            placeholder="The one of Tidemark"
            format="hex"
            eyeDropperButtonProps={{ 'aria-label': 'Pick a colour from the screen' }}
            onChange={(accent) => set({ accent: accent.toLowerCase() })}
          />
          <Select
            label="Time zone"
            description="Where a day begins, for dates."
            inputWrapperOrder={['label', 'input', 'error', 'description']}
            data={zones}
            value={fields.timeZone}
            searchable
            limit={80}
            allowDeselect={false}
            readOnly={!may}
            onChange={(timeZone) => timeZone !== null && set({ timeZone })}
          />
        </div>
      </div>
      {overtaken ? (
        <div className={css.overtaken} role="alert">
          Somebody else has changed it meanwhile.
          <Button
            size="compact-sm"
            variant="default"
            loading={theirs.isPending}
            onClick={() => theirs.mutate()}
          >
            Show theirs
          </Button>
        </div>
      ) : (
        <FormError error={Object.keys(wrong).length > 0 ? null : save.error} />
      )}
      {may && (
        <DialogFoot
          words={online ? undefined : 'You are offline; it can be saved when you are back.'}
          tone="warn"
        >
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={save.isPending} disabled={!online}>
            Save
          </Button>
        </DialogFoot>
      )}
    </form>
  );
}

function Logo({ profile, may }: { profile: CompanyProfile; may: boolean }) {
  const queryClient = useQueryClient();
  const onSuccess = (written: CompanyProfile) =>
    queryClient.setQueryData(companyProfileQuery.queryKey, written);
  const send = useMutation({ mutationFn: sendLogo, onSuccess });
  const remove = useMutation({ mutationFn: removeLogo, onSuccess });
  return (
    <div className={css.logo}>
      <div className={css.frame}>
        {profile.logo === null ? (
          <span>No logo</span>
        ) : (
          <img src={logoAddress(profile.logo)} alt={`Logo of ${profile.name || profile.companyName}`} />
        )}
      </div>
      <div className={css.buttons}>
        {may && (
          <FileButton accept="image/png,image/jpeg" onChange={(file) => file !== null && send.mutate(file)}>
            {(button) => (
              <Button variant="default" size="xs" loading={send.isPending} {...button}>
                {profile.logo === null ? 'Choose a logo' : 'Another logo'}
              </Button>
            )}
          </FileButton>
        )}
        {may && profile.logo !== null && (
          <Button variant="subtle" size="xs" loading={remove.isPending} onClick={() => remove.mutate()}>
            Remove
          </Button>
        )}
        <p className={css.hint}>PNG or JPEG, at most 256 KB. Kept at once.</p>
        <FormError error={send.error ?? remove.error} />
      </div>
    </div>
  );
}

/** Those of a company that has said nothing yet begin with where this person is. */
function fieldsOf({ companyName: _, revision, logo: __, ...said }: CompanyProfile): ProfileFields {
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return revision === 0 ? { ...said, timeZone: here } : said;
}

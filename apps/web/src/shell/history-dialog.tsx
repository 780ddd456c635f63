import { Button, Modal, Select, Skeleton } from '@mantine/core';
import { useMutation, useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { ConfirmDialog, DialogFoot } from '@tidemark/ui';
import { useState } from 'react';
import {
  companyHistoryQuery,
  type HistoryRetention,
  keepHistory,
  thinningQuery,
} from '../api/company-history.ts';
import { wordsOf } from '../api/http.ts';
import { meQuery } from '../api/session.ts';
import { FormError } from '../session/form.tsx';
import css from './history-dialog.module.css';
import { useOnline } from './online.ts';
import { choiceOf, daysOf, spanChoices, thinningWords } from './retention-words.ts';

/** How long every edit of the company's documents is kept. Everybody reads it, owners change it. */
export function HistoryDialog({ onClose }: { onClose: () => void }) {
  const { data: me } = useSuspenseQuery(meQuery);
  const retention = useQuery({ ...companyHistoryQuery, staleTime: 0, refetchOnWindowFocus: false });
  return (
    <Modal
      opened
      onClose={onClose}
      title="How long history is kept"
      size={480}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <p className={css.words}>
        For this long, people can look at every single edit of a document. Of what is older only versions
        stay: submitted and named ones, and the last automatic one of each day.
      </p>
      {retention.data !== undefined ? (
        <Form retention={retention.data} may={me.company.role === 'owner'} onClose={onClose} />
      ) : retention.isError ? (
        <>
          <p className={css.words}>{wordsOf(retention.error)}</p>
          <Button variant="default" onClick={() => void retention.refetch()}>
            Try again
          </Button>
        </>
      ) : (
        <Skeleton height={132} aria-label="Loading" />
      )}
    </Modal>
  );
}

interface FormProps {
  readonly retention: HistoryRetention;
  readonly may: boolean;
  readonly onClose: () => void;
}

function Form({ retention, may, onClose }: FormProps) {
  const online = useOnline();
  const queryClient = useQueryClient();
  const [value, setValue] = useState(choiceOf(retention.detailDays));
  const [asking, setAsking] = useState(false);
  const days = daysOf(value);
  const changes = days !== retention.detailDays;
  const preview = useQuery({ ...thinningQuery(days ?? 0), enabled: changes && days !== null });
  const thins = !changes ? retention.thins : days === null ? null : preview.data?.thins;
  const removes = thins !== undefined && thins !== null && thins.entries > 0;
  const save = useMutation({
    mutationFn: () => keepHistory(days),
    onSuccess: (written) => {
      queryClient.setQueryData(companyHistoryQuery.queryKey, written);
      onClose();
    },
    onError: () => setAsking(false),
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (removes) setAsking(true);
        else save.mutate();
      }}
    >
      <Select
        label="Every edit is kept"
        data={spanChoices(retention.detailDays)}
        value={value}
        allowDeselect={false}
        readOnly={!may}
        onChange={(chosen) => chosen !== null && setValue(chosen)}
      />
      <p className={removes ? `${css.effect} ${css.removes}` : css.effect} aria-live="polite">
        {preview.isError && changes
          ? wordsOf(preview.error)
          : thins === undefined
            ? 'Counting what this would remove…'
            : thinningWords(thins)}
      </p>
      <FormError error={save.error} />
      {may && (
        <DialogFoot
          words={online ? undefined : 'You are offline; it can be saved when you are back.'}
          tone="warn"
        >
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button
            type="submit"
            loading={save.isPending}
            disabled={!online || !changes || thins === undefined}
          >
            Save
          </Button>
        </DialogFoot>
      )}
      <ConfirmDialog
        opened={asking}
        title="Remove old detail?"
        confirm="Remove at night"
        danger
        busy={save.isPending}
        onConfirm={() => save.mutate()}
        onClose={() => setAsking(false)}
      >
        {thins ? thinningWords(thins) : ''} It does not come back, also when you choose a longer time later.
      </ConfirmDialog>
    </form>
  );
}

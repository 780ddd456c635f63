import { Button, Modal, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { momentAt } from '../../api/history.ts';
import { wordsOf } from '../../api/http.ts';
import css from './compare.module.css';

interface Props {
  documentId: string;
  opened: boolean;
  onClose: () => void;
  onMoment: (lsn: number) => void;
}

/** Asks for a day and a time, and finds the last moment that was stored by then. */
export function TimeDialog({ documentId, opened, onClose, onMoment }: Props) {
  const [text, setText] = useState('');
  const time = Date.parse(text);
  const find = useMutation({
    mutationFn: () => momentAt(documentId, new Date(time).toISOString()),
    onSuccess: (lsn) => {
      onClose();
      onMoment(lsn);
    },
  });
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title="As it was at a time"
      size={380}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <form
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (!Number.isNaN(time)) find.mutate();
        }}
      >
        <TextInput
          type="datetime-local"
          label="Day and time"
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          error={find.isError && wordsOf(find.error)}
          data-autofocus
        />
        <Button type="submit" disabled={Number.isNaN(time)} loading={find.isPending}>
          Take this moment
        </Button>
      </form>
    </Modal>
  );
}

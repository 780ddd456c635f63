import { Button, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { momentAt } from '../../api/history.ts';
import { ApiError, wordsOf } from '../../api/http.ts';
import { PanelDialog } from '../../editor/panel-dialog.tsx';
import css from '../../editor/question.module.css';

interface Props {
  documentId: string;
  opened: boolean;
  onClose: () => void;
  onMoment: (lsn: number) => void;
}

/** Asks for a day and a time, and finds the last moment that was stored by then. */
export function TimeDialog({ opened, ...rest }: Props) {
  return opened && <TimeQuestion {...rest} />;
}

function TimeQuestion({ documentId, onClose, onMoment }: Omit<Props, 'opened'>) {
  const [text, setText] = useState(() => localTime(Date.now()));
  const time = Date.parse(text);
  const find = useMutation({
    mutationFn: async () => {
      const lsn = await momentAt(documentId, new Date(time).toISOString());
      if (lsn === 0) throw new ApiError('not-found', 404, 'Nothing was here yet at that time.');
      return lsn;
    },
    onSuccess: (lsn) => {
      onClose();
      onMoment(lsn);
    },
  });
  return (
    <PanelDialog title="As it was at a time" size={380} onClose={onClose}>
      <form
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (!Number.isNaN(time)) find.mutate();
        }}
      >
        <p className={css.words}>The last edit that was stored by then is found.</p>
        <TextInput
          type="datetime-local"
          step={1}
          label="Day and time"
          value={text}
          onChange={(event) => {
            find.reset();
            setText(event.currentTarget.value);
          }}
          error={find.isError && wordsOf(find.error)}
          data-autofocus
        />
        <div className={css.foot}>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" disabled={Number.isNaN(time)} loading={find.isPending}>
            Go there
          </Button>
        </div>
      </form>
    </PanelDialog>
  );
}

/** As an input of a local day and time has it, with seconds: "2026-11-03T14:05:12". */
function localTime(at: number): string {
  const date = new Date(at);
  return new Date(at - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 19);
}

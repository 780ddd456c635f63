import { TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { nameMoment } from '../../api/history.ts';
import { nameVersion } from '../../api/versions.ts';
import { useSession } from '../../editor/context.ts';
import css from '../../editor/question.module.css';
import { QuestionDialog } from '../../editor/question-dialog.tsx';
import { nounOf } from '../../shell/kind-words.ts';
import { useMayChange } from '../live.ts';
import { lookAgain } from '../look-again.ts';
import { versionTitle } from '../version-title.ts';
import { Withdrawn } from './withdrawn.tsx';

interface Props {
  /** Null: what stands here now. */
  lsn: number | null;
  onClose: () => void;
}

/** Keeps a state for good, under a name. */
export function NameDialog({ lsn, onClose }: Props) {
  const { documentId, kind } = useSession();
  const may = useMayChange();
  const queryClient = useQueryClient();
  const [name, setName] = useState('');
  const clean = name.trim();
  return (
    <QuestionDialog
      title={lsn === null ? 'Name this version' : 'Name this moment'}
      action="Keep it"
      noteLabel="Note (optional)"
      ready={clean !== '' && may}
      onClose={onClose}
      onDo={async (note) => {
        const version =
          lsn === null
            ? await nameVersion(documentId, clean, note)
            : await nameMoment(documentId, lsn, clean, note);
        notifications.show({ message: `“${versionTitle(version)}” is kept` });
        await lookAgain(queryClient, documentId);
      }}
    >
      <p className={css.words}>
        {lsn === null
          ? 'All that is saved now is kept under this name, whatever changes later.'
          : 'The document as it was at this moment is kept under this name, whatever changes later.'}
      </p>
      <TextInput
        label="Name"
        placeholder="Before the price rise"
        maxLength={200}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        data-autofocus
      />
      {!may && <Withdrawn>{`You can now only view this ${nounOf(kind)}, and name nothing in it.`}</Withdrawn>}
    </QuestionDialog>
  );
}

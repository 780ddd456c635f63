import { TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { forkMoment } from '../../api/history.ts';
import { forkVersion } from '../../api/versions.ts';
import { useSession } from '../../editor/context.ts';
import css from '../../editor/question.module.css';
import { QuestionDialog } from '../../editor/question-dialog.tsx';
import { nounOf } from '../../shell/kind-words.ts';
import type { ForkedFrom } from '../door.ts';
import { useMayCreate } from '../live.ts';
import { lookAgain } from '../look-again.ts';
import { useTitle } from '../use-title.ts';
import { versionTitle } from '../version-title.ts';
import { nextTitle } from './next-title.ts';
import { Withdrawn } from './withdrawn.tsx';

interface Props {
  from: ForkedFrom;
  onClose: () => void;
}

/** A new document that begins as this one was. */
export function ForkDialog({ from, onClose }: Props) {
  const { documentId, kind } = useSession();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const title = useTitle();
  const may = useMayCreate();
  const [text, setText] = useState(() => nextTitle(title));
  const clean = text.trim();
  const isVersion = 'version' in from;
  return (
    <QuestionDialog
      title={
        isVersion ? `New ${documentWord(kind)} from #${from.version.number}` : 'New document from this moment'
      }
      action="Create it"
      noteLabel="What is it for? (optional)"
      ready={clean !== '' && may}
      onClose={onClose}
      onDo={async (note) => {
        const made = isVersion
          ? await forkVersion(from.version, clean, note)
          : await forkMoment(documentId, from.lsn, clean, note);
        void lookAgain(queryClient, documentId);
        await navigate({ to: '/d/$documentId', params: { documentId: made.id } });
      }}
    >
      <p className={css.words}>
        A new {kind === 'estimate' ? 'draft' : nounOf(kind)} that begins exactly as{' '}
        {isVersion ? versionTitle(from.version) : `this one was: ${from.label}`}
        {isVersion ? ' was' : ''}, with copies of its files. It knows what it came from; this {nounOf(kind)}{' '}
        stays as it is.
      </p>
      <TextInput
        label="Title"
        maxLength={300}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        data-autofocus
      />
      {!may && <Withdrawn>You can now only view what is here, and make no documents.</Withdrawn>}
    </QuestionDialog>
  );
}

/** What people say of an estimate that goes on from another. */
const documentWord = (kind: string) => (kind === 'estimate' ? 'version' : 'document');

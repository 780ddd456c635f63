import { TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { StatusName } from '@tidemark/documents/estimate';
import { useEffect, useState } from 'react';
import { changeStatus, forkVersion, nameVersion, type Version } from '../../api/versions.ts';
import { useSession } from '../../editor/context.ts';
import { versionTitle } from '../../history/version-title.ts';
import { useView } from '../context.ts';
import { statusName } from '../status/status-words.ts';
import css from './dialogs.module.css';
import { QuestionDialog } from './question-dialog.tsx';
import { SubmitDialog } from './submit-dialog.tsx';
import { lookAgain } from './use-versions.ts';
import { onAsk, type VersionQuestion } from './version-door.ts';

/** Where all questions about status and versions are asked, whoever opens them. */
export function VersionDialogs() {
  const { documentId } = useSession();
  const queryClient = useQueryClient();
  const [question, setQuestion] = useState<VersionQuestion | null>(null);
  useEffect(() => onAsk(setQuestion), []);
  if (question === null) return null;
  const close = () => setQuestion(null);
  const change = async (to: StatusName, note: string) => {
    await changeStatus(documentId, to, note);
    await lookAgain(queryClient, documentId);
  };
  switch (question.is) {
    case 'submit':
      return <SubmitDialog onDo={(note) => change('submitted', note)} onClose={close} />;
    case 'status':
      return <StatusDialog to={question.to} onDo={(note) => change(question.to, note)} onClose={close} />;
    case 'name':
      return <NameDialog onClose={close} />;
    case 'fork':
      return <ForkDialog version={question.version} onClose={close} />;
  }
}

interface StatusProps {
  to: Exclude<StatusName, 'submitted'>;
  onDo: (note: string) => Promise<void>;
  onClose: () => void;
}

const questions = {
  won: {
    title: 'Mark as won',
    action: 'Mark as won',
    words: 'The estimate stays as it was submitted. Actuals and what came of risks go on.',
    note: 'Anything to remember? (optional)',
  },
  lost: {
    title: 'Mark as lost',
    action: 'Mark as lost',
    words: 'The estimate stays as it was submitted.',
    note: 'Why was it lost? (optional)',
  },
  draft: {
    title: 'Re-open the estimate',
    action: 'Re-open',
    words: 'Prices can be changed again by everybody who may edit. What was submitted is kept as it was.',
    note: 'Why is it opened again? (optional)',
  },
} as const;

function StatusDialog({ to, onDo, onClose }: StatusProps) {
  const status = useView((view) => view.meta.status);
  const { title, action, words, note } = questions[to];
  return (
    <QuestionDialog title={title} action={action} noteLabel={note} onDo={onDo} onClose={onClose}>
      <p className={css.words}>
        Now: {statusName(status)}. {words} The change is recorded with your name.
      </p>
    </QuestionDialog>
  );
}

function NameDialog({ onClose }: { onClose: () => void }) {
  const { documentId } = useSession();
  const queryClient = useQueryClient();
  const [name, setName] = useState('');
  const clean = name.trim();
  return (
    <QuestionDialog
      title="Name this version"
      action="Keep it"
      noteLabel="Note (optional)"
      ready={clean !== ''}
      onClose={onClose}
      onDo={async (note) => {
        const version = await nameVersion(documentId, clean, note);
        notifications.show({ message: `“${versionTitle(version)}” is kept` });
        await lookAgain(queryClient, documentId);
      }}
    >
      <p className={css.words}>All that is saved now is kept under this name, whatever changes later.</p>
      <TextInput
        label="Name"
        placeholder="Before the price rise"
        maxLength={200}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        data-autofocus
      />
    </QuestionDialog>
  );
}

function ForkDialog({ version, onClose }: { version: Version; onClose: () => void }) {
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const title = useView((view) => view.meta.title);
  const [text, setText] = useState(() => nextTitle(title));
  const clean = text.trim();
  return (
    <QuestionDialog
      title={`New version from #${version.number}`}
      action="Create it"
      noteLabel="What is it for? (optional)"
      ready={clean !== ''}
      onClose={onClose}
      onDo={async (note) => {
        const made = await forkVersion(version, clean, note);
        void lookAgain(queryClient, version.documentId);
        await navigate({ to: '/d/$documentId', params: { documentId: made.id } });
      }}
    >
      <p className={css.words}>
        A new draft that begins exactly as {versionTitle(version)} was, with copies of its files. It knows
        what it came from; this estimate stays as it is.
      </p>
      <TextInput
        label="Title"
        maxLength={300}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        data-autofocus
      />
    </QuestionDialog>
  );
}

/** "Roof v2" after "Roof", "Roof v3" after that. */
function nextTitle(title: string): string {
  const numbered = /^(.*\S)\s+v(\d{1,6})$/i.exec(title.trim());
  return numbered ? `${numbered[1]} v${Number(numbered[2]) + 1}` : `${title.trim()} v2`.trim();
}

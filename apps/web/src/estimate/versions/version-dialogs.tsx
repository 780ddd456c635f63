import { useQueryClient } from '@tanstack/react-query';
import type { StatusName } from '@tidemark/documents/estimate';
import { useEffect, useState } from 'react';
import { changeStatus } from '../../api/versions.ts';
import { useSession } from '../../editor/context.ts';
import css from '../../editor/question.module.css';
import { QuestionDialog } from '../../editor/question-dialog.tsx';
import { useView } from '../context.ts';
import { statusName } from '../status/status-words.ts';
import { SubmitDialog } from './submit-dialog.tsx';
import { lookAgain } from './use-versions.ts';
import { onAsk, type VersionQuestion } from './version-door.ts';

/** Where all questions about status are asked, whoever opens them. */
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

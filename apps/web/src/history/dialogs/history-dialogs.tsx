import { useEffect, useState } from 'react';
import { type HistoryQuestion, onAsk } from '../door.ts';
import { ForkDialog } from './fork-dialog.tsx';
import { NameDialog } from './name-dialog.tsx';
import { RestoreDialog } from './restore-dialog.tsx';

/** Where all questions about moments are asked, whoever opens them. */
export function HistoryDialogs() {
  const [question, setQuestion] = useState<HistoryQuestion | null>(null);
  useEffect(() => onAsk(setQuestion), []);
  if (question === null) return null;
  const close = () => setQuestion(null);
  switch (question.is) {
    case 'name':
      return <NameDialog lsn={question.lsn} onClose={close} />;
    case 'fork':
      return <ForkDialog from={question.from} onClose={close} />;
    case 'restore':
      return <RestoreDialog moment={question.moment} label={question.label} onClose={close} />;
  }
}

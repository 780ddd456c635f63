import { Button, Textarea } from '@mantine/core';
import { IconAlertTriangle, IconCloudOff } from '@tabler/icons-react';
import { type FormEvent, type ReactNode, useState } from 'react';
import { ApiError, wordsOf } from '../api/http.ts';
import { allStored } from './all-stored.ts';
import { useSession } from './context.ts';
import { PanelDialog } from './panel-dialog.tsx';
import css from './question.module.css';
import { useAdmitted } from './rights.ts';

interface Props {
  title: string;
  /** Words of the button that does it. */
  action: string;
  noteLabel: string;
  notePlaceholder?: string;
  /** Whether it can be done as things stand, beside the network. */
  ready?: boolean;
  children?: ReactNode;
  /** Does it, after all edits are stored. May throw. */
  onDo: (note: string) => Promise<void>;
  onClose: () => void;
}

/** Asks before something that everybody sees and that is recorded with a note. Waits until the server has every edit. */
export function QuestionDialog({
  title,
  action,
  noteLabel,
  notePlaceholder,
  ready = true,
  children,
  onDo,
  onClose,
}: Props) {
  const { provider } = useSession();
  const online = useAdmitted();
  const [note, setNote] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const send = async (event: FormEvent) => {
    event.preventDefault();
    if (busy || !ready || !online) return;
    setBusy(true);
    setProblem(null);
    try {
      if (!(await allStored(provider))) {
        throw new ApiError(
          'offline',
          0,
          'The server does not have your last edits yet. Try again in a moment.',
        );
      }
      await onDo(note.trim());
      onClose();
    } catch (error) {
      setProblem(error);
      setBusy(false);
    }
  };
  return (
    <PanelDialog title={title} size={460} onClose={onClose}>
      <form onSubmit={(event) => void send(event)} className={css.form}>
        {children}
        <Textarea
          label={noteLabel}
          {...(notePlaceholder ? { placeholder: notePlaceholder } : {})}
          autosize
          minRows={2}
          maxRows={8}
          maxLength={4_000}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        {!online && (
          <p className={css.problem} role="status">
            <IconCloudOff size={16} stroke={1.8} aria-hidden />
            The server has to be there for this. Your edits are kept on this device until it is back.
          </p>
        )}
        {problem !== null && <Problem error={problem} />}
        <div className={css.foot}>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={busy} disabled={!ready || !online}>
            {action}
          </Button>
        </div>
      </form>
    </PanelDialog>
  );
}

function Problem({ error }: { error: unknown }) {
  const places = error instanceof ApiError ? Object.values(error.fields) : [];
  return (
    <div className={css.problem} role="alert">
      <IconAlertTriangle size={16} stroke={1.8} aria-hidden />
      {places.length === 0 ? (
        wordsOf(error)
      ) : (
        <ul>
          {places.slice(0, 8).map((words) => (
            <li key={words}>{words}</li>
          ))}
          {places.length > 8 && <li>and {places.length - 8} more</li>}
        </ul>
      )}
    </div>
  );
}

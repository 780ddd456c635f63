import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconArrowBackUp, IconCopyPlus } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { type Change, kinds } from '@tidemark/documents';
import type { Past } from '@tidemark/documents/records';
import { useState } from 'react';
import { wordsOf } from '../../api/http.ts';
import { useAdmitted } from '../../editor/rights.ts';
import { copyNow, isCopied } from '../copy-now.ts';
import { recordRestore, tellDone } from '../dialogs/restore.tsx';
import { useLive, useMayChange } from '../live.ts';
import { lookAgain } from '../look-again.ts';
import css from './change-list.module.css';

interface Props {
  change: Change;
  before: Past;
  /** Null where it is what stands there now. */
  after: Past | null;
  /** What the earlier side is called. */
  label: string;
}

/** What somebody who may edit can do about one change: put it back, or bring what it was in beside what is there now. */
export function ChangeActions({ change, before, after, label }: Props) {
  const live = useLive();
  const online = useAdmitted();
  const mayChange = useMayChange();
  const queryClient = useQueryClient();
  const [busy, setBusy] = useState(false);
  if (!mayChange) return null;
  const { thing, types } = change;
  const name = change.name || change.what.toLowerCase();
  const isNew = types.includes('added');
  const source = isNew ? after : before;
  const putBack = async () => {
    setBusy(true);
    try {
      let left = 0;
      const about = `${name} as in ${label}`;
      const done = await recordRestore(live, about, online, () => {
        const restored = kinds[live.kind].restoreThings(live.editor, before, [thing]);
        left = restored.left.length;
        return restored.changed;
      });
      if (done) tellDone(live, isNew ? `Removed ${name} again.` : `Put back ${name} as it was.`);
      else if (left > 0) notifications.show({ message: `${name} stands still: it was submitted.` });
      else notifications.show({ message: 'It is as it was already.' });
      void lookAgain(queryClient, live.documentId);
    } catch (error) {
      notifications.show({ message: `Not put back. ${wordsOf(error)}`, color: 'red' });
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className={css.actions}>
      <Button
        size="compact-xs"
        variant="default"
        loading={busy}
        leftSection={<IconArrowBackUp size={14} stroke={1.8} />}
        onClick={() => void putBack()}
      >
        {isNew ? 'Remove it again' : 'Put back as it was'}
      </Button>
      {source && isCopied(live.kind, thing) && (
        <Button
          size="compact-xs"
          variant="default"
          leftSection={<IconCopyPlus size={14} stroke={1.8} />}
          onClick={() => copyNow(live, source, [thing], name)}
        >
          Copy into now
        </Button>
      )}
    </div>
  );
}

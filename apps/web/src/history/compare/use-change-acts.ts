import { notifications } from '@mantine/notifications';
import { IconArrowBackUp, IconCopyPlus } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { type Change, kinds } from '@tidemark/documents';
import type { Past } from '@tidemark/documents/records';
import { useState } from 'react';
import { wordsOf } from '../../api/http.ts';
import { useAdmitted } from '../../editor/rights.ts';
import { copyNow, isCopied } from '../copy-now.ts';
import { recordRestore, recordWords, tellDone } from '../dialogs/restore.tsx';
import { useLive, useMayChange } from '../live.ts';
import { lookAgain } from '../look-again.ts';

export interface ChangeAct {
  readonly label: string;
  readonly Icon: typeof IconCopyPlus;
  readonly busy: boolean;
  readonly run: () => void;
}

interface Compared {
  readonly before: Past;
  /** Null where it is what stands there now. */
  readonly after: Past | null;
  /** What the earlier side is called. */
  readonly label: string;
}

/** What somebody who may edit can do about one change: put it back, or bring what it was in beside what is there now. */
export function useChangeActs(change: Change, { before, after, label }: Compared): readonly ChangeAct[] {
  const live = useLive();
  const online = useAdmitted();
  const mayChange = useMayChange();
  const queryClient = useQueryClient();
  const [busy, setBusy] = useState(false);
  if (!mayChange) return [];
  const { thing, types } = change;
  const name = change.name || change.what.toLowerCase();
  const isNew = types.includes('added');
  const source = isNew ? after : before;
  const putBack = async () => {
    setBusy(true);
    try {
      let left = 0;
      const recorded = await recordRestore(live, `${name} as in ${label}`, online, () => {
        const restored = kinds[live.kind].restoreThings(live.editor, before, [thing]);
        left = restored.left.length;
        return restored.changed;
      });
      if (recorded !== null) {
        const done = isNew ? `Removed ${name} again.` : `Put back ${name} as it was.`;
        tellDone(live, `${done}${recordWords(recorded, online)}`);
      } else if (left > 0) notifications.show({ message: `${name} stands still: it was submitted.` });
      else notifications.show({ message: 'It is as it was already.' });
      void lookAgain(queryClient, live.documentId);
    } catch (error) {
      notifications.show({ message: `Not put back. ${wordsOf(error)}`, color: 'red' });
    } finally {
      setBusy(false);
    }
  };
  const acts: ChangeAct[] = [
    {
      label: isNew ? 'Remove it again' : 'Put back as it was',
      Icon: IconArrowBackUp,
      busy,
      run: () => void putBack(),
    },
  ];
  if (source && isCopied(live.kind, thing)) {
    const run = () => copyNow(live, source, [thing], name);
    acts.push({ label: 'Copy into now', Icon: IconCopyPlus, busy: false, run });
  }
  return acts;
}

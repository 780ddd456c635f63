import { notifications } from '@mantine/notifications';
import { IconArrowBackUp, IconCopyPlus } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { type Change, type KindName, kinds } from '@tidemark/documents';
import { type Past, readState } from '@tidemark/documents/records';
import { useMemo, useState } from 'react';
import { wordsOf } from '../../api/http.ts';
import { useAdmitted } from '../../editor/rights.ts';
import type { Session } from '../../editor/session.ts';
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

export interface ChangeActs {
  readonly acts: readonly ChangeAct[];
  /** What comes back with it unless somebody says no; null: nothing does. */
  readonly belongings: {
    /** `its 2 connections` */
    readonly words: string;
    readonly wanted: boolean;
    readonly want: (wanted: boolean) => void;
  } | null;
  /** What else becomes what it was, so that this shows: sentences without an end. */
  readonly reopened: readonly string[];
}

interface Compared {
  readonly before: Past;
  /** Null where it is what stands there now. */
  readonly after: Past | null;
  /** What the earlier side is called. */
  readonly label: string;
}

/** What somebody who may edit can do about one change: put it back, or bring what it was in beside what is there now. */
export function useChangeActs(change: Change, { before, after, label }: Compared): ChangeActs {
  const live = useLive();
  const online = useAdmitted();
  const mayChange = useMayChange();
  const queryClient = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [wanted, want] = useState(true);
  const { thing, types } = change;
  const words = useMemo(() => belongingsNow(live, change, before), [live, change, before]);
  const reopened = useMemo(() => {
    const { schema, reopenedWith } = kinds[live.kind];
    return reopenedWith(before.state, readState(live.editor.doc, schema), [thing]);
  }, [live, thing, before]);
  if (!mayChange) return { acts: [], belongings: null, reopened: [] };
  const name = change.name || change.what.toLowerCase();
  const isNew = types.includes('added');
  const source = isNew ? after : before;
  const putBack = async () => {
    setBusy(true);
    try {
      let left = 0;
      let came: string | null = null;
      let besides: readonly string[] = [];
      const recorded = await recordRestore(live, `${name} as in ${label}`, online, () => {
        came = wanted ? belongingsNow(live, change, before) : null;
        const restored = kinds[live.kind].restoreThings(live.editor, before, [thing], { alone: !wanted });
        left = restored.left.length;
        besides = restored.reopened;
        return restored.changed;
      });
      if (recorded !== null) {
        const what = came === null ? `${name} as it was` : `${name} and ${came} as they were`;
        const said = [isNew ? `Removed ${name} again` : `Put back ${what}`, ...besides];
        const done = `${said.join('; ')}.`;
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
  return { acts, belongings: words === null ? null : { words, wanted, want }, reopened };
}

/** What would come back with a thing that is gone, as it is said; null: nothing. */
function belongingsNow({ kind, editor }: Session, { thing, types }: Change, before: Past): string | null {
  const { holders, one, many } = belongingsOf[kind];
  if (!types.includes('removed') || !holders.includes(thing.collection)) return null;
  const { schema, offeredWith } = kinds[kind];
  const { length } = offeredWith(before.state, readState(editor.doc, schema), [thing]);
  if (length === 0) return null;
  return length === 1 ? `its ${one}` : `its ${length} ${many}`;
}

/** Collections whose things come with others, and what those are. */
const belongingsOf: Readonly<
  Record<KindName, { readonly holders: readonly string[]; readonly one: string; readonly many: string }>
> = {
  dashboard: { holders: ['tabs'], one: 'chart', many: 'charts' },
  diagram: { holders: ['el'], one: 'connection', many: 'connections' },
  estimate: { holders: ['groups'], one: 'line', many: 'lines' },
};

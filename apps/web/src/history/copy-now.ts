import { notifications } from '@mantine/notifications';
import { type KindName, kinds, type Thing } from '@tidemark/documents';
import type { Past } from '@tidemark/documents/records';
import { mayEditNow } from '../editor/rights.ts';
import type { Session } from '../editor/session.ts';
import { tellDone } from './dialogs/restore.tsx';

/** Whether things of this sort can be made anew: not settings, nor texts. */
export function isCopied(kind: KindName, { collection }: Thing): boolean {
  const { collections } = kinds[kind].schema;
  return Object.hasOwn(collections, collection) && collections[collection]?.layout !== 'single';
}

/** Makes things of an earlier state anew in the document of now, beside what is there, as one step to undo; and says so. */
export function copyNow(live: Session, then: Past, things: readonly Thing[], name: string): void {
  if (!mayEditNow(live.provider)) {
    notifications.show({ message: 'You can only look at this document now.' });
    return;
  }
  const { copies } = kinds[live.kind].copyThings(live.editor, then, things);
  if (copies.length > 0) tellDone(live, `Copied ${name} into now.`);
  else notifications.show({ message: `${name} can’t be copied into now.` });
}

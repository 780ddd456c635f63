import { notifications } from '@mantine/notifications';
import { type Past, readPast, restoreState } from '@tidemark/documents/records';
import * as Y from 'yjs';
import { markHistory } from '../../api/history.ts';
import { ApiError } from '../../api/http.ts';
import { allStored } from '../../editor/all-stored.ts';
import { mayEditNow } from '../../editor/rights.ts';
import type { Session } from '../../editor/session.ts';
import { UndoToast } from '../../shell/undo-toast.tsx';
import { keepRestore } from '../keep.ts';

/** Brings the open document to an earlier state as one edit of this person. Throws ApiError where it can't be done. */
export async function restoreHere(
  session: Session,
  state: Uint8Array,
  label: string,
  online: boolean,
): Promise<void> {
  const then = pastOfState(state, session.editor.schema);
  if (await recordRestore(session, label, online, () => restoreState(session.editor, then, 'Restore'))) {
    tellDone(session, `Restored ${label}.`);
  } else notifications.show({ message: 'Nothing differs from what it was then.' });
}

/**
 * Does what brings something back, with an automatic version before and after it; `restore` answers whether it changed anything. Offline it is an edit
 * like any other, and the version after it is made when the server is back. Throws ApiError where it can't be done.
 */
export async function recordRestore(
  { documentId, me, provider }: Session,
  about: string,
  online: boolean,
  restore: () => boolean,
): Promise<boolean> {
  if (!mayEditNow(provider)) throw new ApiError('read-only', 403, 'You can only look at this document now.');
  if (!online) {
    if (!restore()) return false;
    await keepRestore(me.id, documentId, about);
    return true;
  }
  await stored(provider);
  const { lsn: after } = await markHistory(documentId, 'before-restore', about);
  // Others go on meanwhile: by this the server tells what they did before the restore from what they did after it.
  const { doc } = provider;
  const entry = { after, clientId: doc.clientID, clock: Y.getState(doc.store, doc.clientID) };
  if (!restore()) return false;
  await stored(provider);
  await markHistory(documentId, 'restored', about, entry);
  return true;
}

/** Says what was done, with the way back. */
export function tellDone({ undo }: Session, text: string): void {
  const id = 'restored';
  const takeBack = () => {
    notifications.hide(id);
    undo.undo();
  };
  notifications.show({ id, message: <UndoToast text={text} onUndo={takeBack} />, autoClose: 15_000 });
}

async function stored(provider: Session['provider']): Promise<void> {
  if (await allStored(provider)) return;
  throw new ApiError('offline', 0, 'The server does not have your last edits yet. Try again in a moment.');
}

function pastOfState(state: Uint8Array, schema: Session['editor']['schema']): Past {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, state);
  const past = readPast(doc, schema);
  doc.destroy();
  return past;
}

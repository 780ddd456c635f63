import { notifications } from '@mantine/notifications';
import { type Past, readPast, restoreState } from '@tidemark/documents/records';
import * as Y from 'yjs';
import { markHistory, type OwnEntry } from '../../api/history.ts';
import { ApiError } from '../../api/http.ts';
import { allStored } from '../../editor/all-stored.ts';
import { mayEditNow } from '../../editor/rights.ts';
import type { Session } from '../../editor/session.ts';
import { LastToast } from '../../shell/last-toast.ts';
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
  const restore = () => restoreState(session.editor, then, 'Restore');
  const recorded = await recordRestore(session, label, online, restore);
  if (recorded === null) notifications.show({ message: 'Nothing differs from what it was then.' });
  else tellDone(session, `Restored ${label}.${recordWords(recorded, online)}`);
}

/** When the version after a restore is made; never, where this browser keeps nothing either. */
export type Recorded = 'now' | 'later' | 'never';

/** What is to be said of it beside that it is done; offline that was said before. */
export function recordWords(recorded: Recorded, online: boolean): string {
  if (recorded === 'never') return ' History has no version of it: that could not be kept.';
  return recorded === 'later' && online
    ? ' History will have a version of it when the server answers again.'
    : '';
}

/**
 * Does what brings something back, with an automatic version before and after it; `restore` answers whether it changed anything, null: it did not.
 * Offline it is an edit like any other, and both versions are made when the server is back; so is the version after it where only that fails,
 * since what was brought back stands already. Throws ApiError where it can't be done.
 */
export async function recordRestore(
  { documentId, me, provider }: Session,
  about: string,
  online: boolean,
  restore: () => boolean,
): Promise<Recorded | null> {
  if (!mayEditNow(provider)) throw new ApiError('read-only', 403, 'You can only look at this document now.');
  const { doc } = provider;
  // Others go on meanwhile: by this the server tells what they did before the restore from what they did after it.
  const standing = () => ({ clientId: doc.clientID, clock: Y.getState(doc.store, doc.clientID) });
  const keepForLater = (entry: OwnEntry): Promise<Recorded> =>
    keepRestore(me.id, documentId, { about, entry }).then(
      () => 'later',
      () => 'never',
    );
  if (!online) {
    const entry = standing();
    return restore() ? keepForLater(entry) : null;
  }
  await stored(provider);
  const { lsn: after } = await markHistory(documentId, 'before-restore', about);
  const entry = { after, ...standing() };
  if (!restore()) return null;
  try {
    await stored(provider);
    await markHistory(documentId, 'restored', about, entry);
    return 'now';
  } catch (error) {
    if (error instanceof ApiError) return keepForLater(entry);
    throw error;
  }
}

const done = new LastToast();

/** Says what was done, with the way back. */
export function tellDone({ undo }: Session, text: string): void {
  const takeBack = () => {
    done.hide();
    undo.undo();
  };
  done.say({ message: <UndoToast text={text} onUndo={takeBack} />, autoClose: 15_000 });
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

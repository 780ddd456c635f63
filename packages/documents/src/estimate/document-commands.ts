import { type Editor, transact } from '../records/editor.ts';
import type { Parent, Status } from './atoms.ts';
import { metaRegisters, paramRegisters, proposalRegisters, reviewRegisters } from './schema.ts';
import type { EstimateView } from './view.ts';
import { type Gesture, priced, put, touchesClosed } from './write.ts';

/** Commands on the estimate as a whole. Values beyond the limits are brought inside. */

export type MetaPatch = Partial<Omit<EstimateView['meta'], 'schemaVersion' | 'status' | 'parent'>>;

/** The currency has a price: it is false on what is not a draft. */
export function setMeta(editor: Editor, patch: MetaPatch, gesture: Gesture = {}): boolean {
  if (touchesClosed(editor, 'meta', patch)) return false;
  const label = patch.title === undefined ? 'Change details' : 'Rename estimate';
  return transact(editor, label, (write) => put(write, 'meta', 'meta', metaRegisters, patch), gesture);
}

export function setParam(
  editor: Editor,
  patch: Partial<EstimateView['params']>,
  gesture: Gesture = {},
): boolean {
  return priced(
    editor,
    'Change rates',
    (write) => put(write, 'params', 'params', paramRegisters, patch),
    gesture,
  );
}

export function setProposal(
  editor: Editor,
  patch: Partial<EstimateView['proposal']>,
  gesture: Gesture = {},
): boolean {
  return transact(
    editor,
    'Change proposal',
    (write) => put(write, 'proposal', 'proposal', proposalRegisters, patch),
    gesture,
  );
}

export function setReview(
  editor: Editor,
  patch: Partial<EstimateView['review']>,
  gesture: Gesture = {},
): boolean {
  return transact(
    editor,
    'Change review',
    (write) => put(write, 'review', 'review', reviewRegisters, patch),
    gesture,
  );
}

/** For the server, which stores the version first. */
export function writeStatus(editor: Editor, status: Status): boolean {
  return transact(editor, `Mark as ${status.is}`, (write) => write.set('meta', 'meta', 'status', status));
}

/** For the server, when a document begins with a frozen version of another one. */
export function writeParent(editor: Editor, parent: Parent): boolean {
  return transact(editor, 'Begin from a version', (write) => write.set('meta', 'meta', 'parent', parent));
}

import type * as Y from 'yjs';
import { readRegister } from '../records/storage.ts';
import { status } from './atoms.ts';

/**
 * What has a price stands still while the estimate is not a draft. The lock is of commands, undo and restore and not of the
 * merge: an edit made offline before the submission still arrives (decision 0027).
 */
export function isLockedIn(doc: Y.Doc): boolean {
  const raw = readRegister(doc, 'meta', 'single', 'meta', 'status');
  return raw !== undefined && status.read(raw) !== undefined && status.read(raw)?.is !== 'draft';
}

/** Whether editors may not write a register now; `x` stands for adding and removing. */
export function isClosed(doc: Y.Doc, collection: string, register: string): boolean {
  if (collection === 'meta' && (register === 'status' || register === 'parent')) return true;
  return hasPrice(collection, register) && isLockedIn(doc);
}

/** Of a risk, what came of it and what says who and why. */
const openOfRisks = new Set([
  'title',
  'category',
  'mitigation',
  'owner',
  'outcome',
  'actualImpact',
  'outcomeNote',
]);

function hasPrice(collection: string, register: string): boolean {
  switch (collection) {
    case 'params':
    case 'groups':
    case 'lines':
      return true;
    case 'meta':
      return register === 'currency';
    case 'risks':
      return !openOfRisks.has(register);
    default:
      return false;
  }
}

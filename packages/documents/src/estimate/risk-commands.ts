import { type Editor, newId, transact } from '../records/editor.ts';
import { placeAmong, standing } from './places.ts';
import { riskRegisters } from './schema.ts';
import type { RiskView } from './view.ts';
import { fitting, type Gesture, priced, put, touchesClosed } from './write.ts';

/** Commands on risks. What they cost is closed when the estimate is not a draft; what came of them stays open. */

export type RiskPatch = Partial<Omit<RiskView, 'id' | 'order' | 'applied'>>;

/** Adds a risk after the others and returns its id. */
export function addRisk(editor: Editor, risk: RiskPatch = {}): string | null {
  const id = newId();
  const done = priced(editor, 'Add risk', (write) => {
    const [o] = placeAmong(write, 'risks', standing(editor.doc, 'risks'), null, 1);
    write.create('risks', id, { ...fitting(riskRegisters, risk), o });
  });
  return done ? id : null;
}

/** Changes what is named and leaves the rest. */
export function setRisk(editor: Editor, id: string, risk: RiskPatch, gesture: Gesture = {}): boolean {
  if (touchesClosed(editor, 'risks', risk)) return false;
  return transact(
    editor,
    'Change risk',
    (write) => {
      if (write.exists('risks', id)) put(write, 'risks', id, riskRegisters, risk);
    },
    gesture,
  );
}

export function moveRisk(editor: Editor, id: string, before: string | null): boolean {
  if (before === id) return false;
  return priced(editor, 'Move risk', (write) => {
    if (!write.exists('risks', id)) return;
    const others = standing(editor.doc, 'risks').filter((risk) => risk.id !== id);
    const [o] = placeAmong(write, 'risks', others, before, 1);
    write.set('risks', id, 'o', o);
  });
}

export function removeRisk(editor: Editor, id: string): boolean {
  return priced(editor, 'Remove risk', (write) => {
    if (write.exists('risks', id)) write.remove('risks', id);
  });
}

/** From now on the risk counts with its mitigated figures and the mitigation's cost; `by` null takes that back. */
export function applyMitigation(
  editor: Editor,
  id: string,
  by: { readonly by: string | null; readonly at: string } | null,
): boolean {
  return priced(editor, by === null ? 'Take mitigation back' : 'Apply mitigation', (write) => {
    if (write.exists('risks', id)) write.set('risks', id, 'applied', by);
  });
}

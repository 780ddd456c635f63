import type { Fate, FileNote, FileReport } from '@tidemark/bpmn';

export const fates: readonly Fate[] = ['lost', 'changed', 'kept'];

export const fateWords: Readonly<Record<Fate, string>> = {
  lost: 'Left out',
  changed: 'Changed',
  kept: 'Kept',
};

/** "2 left out, 3 changed"; what is only kept in another form is not worth a word beside these. */
export function countWords({ kept, changed, lost }: FileReport['counts']): string {
  const parts = [lost > 0 ? `${lost} left out` : '', changed > 0 ? `${changed} changed` : ''].filter(Boolean);
  if (parts.length > 0) return parts.join(', ');
  return kept > 0 ? 'All of the file was kept' : 'The file was taken over as it is';
}

export interface NoteGroup {
  readonly key: string;
  /** "User task “Check”"; the file when it is about no element. */
  readonly title: string;
  readonly id: string | null;
  readonly notes: readonly FileNote[];
}

/** Notes by the element they are about, in the order of the file. */
export function groupNotes(notes: readonly FileNote[], fate: Fate | null, wanted: string): NoteGroup[] {
  const word = wanted.trim().toLowerCase();
  const groups = new Map<string, { title: string; id: string | null; notes: FileNote[] }>();
  for (const note of notes) {
    if (fate !== null && note.fate !== fate) continue;
    const title = titleOf(note);
    const id = note.element?.id ?? null;
    if (word !== '' && !`${title} ${id ?? ''} ${note.detail}`.toLowerCase().includes(word)) continue;
    const key = `${note.element?.type ?? ''} ${id ?? title}`;
    const group = groups.get(key) ?? { title, id, notes: [] };
    group.notes.push(note);
    groups.set(key, group);
  }
  return [...groups].map(([key, group]) => ({ key, ...group }));
}

function titleOf({ element }: FileNote): string {
  if (element === null) return 'The file';
  const type = typeWords(element.type);
  return element.name ? `${type} “${element.name.replaceAll(/\s+/g, ' ')}”` : type;
}

/** `userTask` → "User task", `BPMNShape` → "BPMN shape". */
export function typeWords(type: string): string {
  const spaced = type
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .split(' ')
    .map((part) => (/^[A-Z]{2,}$/.test(part) ? part : part.toLowerCase()))
    .join(' ');
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

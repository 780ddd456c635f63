import { type Editor, newId, transact } from '../records/editor.ts';
import type { Json } from '../records/json.ts';
import type { Registers } from '../records/register.ts';
import { placeAmong, standing } from './places.ts';
import { actualRegisters, lessonRegisters } from './schema.ts';
import type { ActualView, LessonView } from './view.ts';
import { fitting, type Gesture, put } from './write.ts';

/** Commands on what came of the estimate: actual costs and lessons. They stay open whatever its status. */

export type ActualPatch = Partial<Omit<ActualView, 'id'>>;
export type LessonPatch = Partial<Omit<LessonView, 'id' | 'order'>>;

/** Adds an actual cost and returns its id. */
export function addActual(editor: Editor, actual: ActualPatch): string {
  const id = newId();
  transact(editor, 'Add actual cost', (write) =>
    write.create('actuals', id, fitting(actualRegisters, actual)),
  );
  return id;
}

export function setActual(editor: Editor, id: string, actual: ActualPatch, gesture: Gesture = {}): boolean {
  return change(editor, 'Change actual cost', 'actuals', id, actualRegisters, actual, gesture);
}

export function removeActual(editor: Editor, id: string): boolean {
  return remove(editor, 'Remove actual cost', 'actuals', id);
}

/** Adds a lesson after the others and returns its id. */
export function addLesson(editor: Editor, lesson: LessonPatch): string {
  const id = newId();
  transact(editor, 'Add lesson', (write) => {
    const [o] = placeAmong(write, 'lessons', standing(editor.doc, 'lessons'), null, 1);
    write.create('lessons', id, { ...fitting(lessonRegisters, lesson), o });
  });
  return id;
}

export function setLesson(editor: Editor, id: string, lesson: LessonPatch, gesture: Gesture = {}): boolean {
  return change(editor, 'Change lesson', 'lessons', id, lessonRegisters, lesson, gesture);
}

export function removeLesson(editor: Editor, id: string): boolean {
  return remove(editor, 'Remove lesson', 'lessons', id);
}

function change(
  editor: Editor,
  label: string,
  collection: string,
  id: string,
  registers: Registers,
  patch: Readonly<Record<string, Json | undefined>>,
  gesture: Gesture,
): boolean {
  return transact(
    editor,
    label,
    (write) => {
      if (write.exists(collection, id)) put(write, collection, id, registers, patch);
    },
    gesture,
  );
}

function remove(editor: Editor, label: string, collection: string, id: string): boolean {
  return transact(editor, label, (write) => {
    if (write.exists(collection, id)) write.remove(collection, id);
  });
}

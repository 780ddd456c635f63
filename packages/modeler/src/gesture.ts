import type { CanvasElement, CommandEvent } from './bpmn-js.ts';

/** Says which commands are one gesture, so that undo takes them back together. */
export type Gestures = (command: CommandEvent, now: number) => string;

/** Milliseconds between two changes of the same properties that still are one go of typing. */
const pause = 1500;

/** A properties panel runs a command with each letter: those that change the same of one element are one gesture. */
export function createGestures(): Gestures {
  let count = 0;
  let last = { subject: '', at: Number.NEGATIVE_INFINITY };
  return ({ command, context }, now) => {
    const subject = typed.has(command) ? `${command} ${subjectOf(context)}` : '';
    if (subject === '' || subject !== last.subject || now - last.at > pause) count += 1;
    last = { subject, at: now };
    return `${subject}#${count}`;
  };
}

const typed = new Set(['element.updateProperties', 'element.updateModdleProperties', 'element.updateLabel']);

function subjectOf({ element, properties }: CommandEvent['context']): string {
  const names = typeof properties === 'object' && properties !== null ? Object.keys(properties).sort() : [];
  return [(element as CanvasElement | undefined)?.id, ...names].join(' ');
}

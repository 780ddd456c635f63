import type { KindName } from '@tidemark/documents';

export interface ShortcutGroup {
  readonly title: string;
  /** The kind of document in which they do something; without one, everywhere. */
  readonly kind?: KindName;
  readonly rows: readonly (readonly [keys: string, words: string])[];
}

export const shortcutGroups: readonly ShortcutGroup[] = [
  {
    title: 'Everywhere',
    rows: [
      ['Mod+K', 'Commands and documents'],
      ['?', 'This sheet'],
      ['Mod+Alt+M', 'Comment on what is selected'],
    ],
  },
  {
    title: 'Every document',
    rows: [
      ['Mod+Z', 'Undo what you did'],
      ['Mod+Shift+Z', 'Redo'],
      ['Mod+S', 'Save now'],
      ['Esc', 'Let go; stop following'],
    ],
  },
  {
    title: 'The timeline of the past',
    rows: [
      [',', 'One edit back; with . forth'],
      ['←', 'One stop back; with → forth; with Shift one edit'],
      ['PageDown', 'One session of work back; with PageUp forth'],
      ['Home', 'The beginning of the line; with End its end'],
      ['Space', 'Play or pause'],
    ],
  },
  {
    title: 'Dashboard',
    kind: 'dashboard',
    rows: [
      ['A', 'Add a chart'],
      ['F', 'Show or hide filters'],
    ],
  },
  {
    title: 'A chart that has the focus',
    kind: 'dashboard',
    rows: [
      ['Enter', 'Edit it'],
      ['Alt+Arrows', 'Move it'],
      ['Shift+Alt+Arrows', 'Resize it'],
      ['Mod+D', 'Duplicate it'],
      ['C', 'Comment on it'],
      ['Delete', 'Remove it'],
    ],
  },
  {
    title: 'Estimate',
    kind: 'estimate',
    rows: [
      ['Alt+1', 'The estimate'],
      ['Alt+2', 'Its risks'],
      ['Alt+3', 'What it came to'],
    ],
  },
  {
    title: 'Cells',
    kind: 'estimate',
    rows: [
      ['Enter', 'Write and go down'],
      ['Tab', 'Write and go right'],
      ['F2', 'Edit what is in it'],
      ['Esc', 'Leave it as it was'],
      ['Delete', 'Clear what is chosen'],
      ['Mod+Enter', 'Write into all that is chosen'],
      ['Mod+D', 'Fill down'],
      ['Mod+R', 'Fill to the right'],
      ['Mod+C', 'Copy, also to a spreadsheet'],
      ['Mod+V', 'Paste, also from one'],
    ],
  },
  {
    title: 'Lines and sections',
    kind: 'estimate',
    rows: [
      ['Shift+Space', 'Choose whole lines'],
      ['Mod+A', 'Choose all lines'],
      ['Mod+Arrows', 'Jump over what is filled'],
      ['Mod+Plus', 'Insert a line above'],
      ['Mod+Minus', 'Remove lines'],
      ['Alt+Shift+↑', 'Move lines up; with ↓ down'],
      ['Alt+Shift+→', 'Widen the column; with ← narrow it'],
      ['Space', 'Fold a section'],
      ['Shift+F10', 'All that can be done here'],
    ],
  },
  {
    title: 'Diagram',
    kind: 'diagram',
    rows: [
      ['A', 'Add or append an element'],
      ['E', 'Write its name'],
      ['R', 'Make it something else'],
      ['C', 'Connect'],
      ['H', 'Move the paper; or hold Space'],
      ['L', 'Select with a frame'],
      ['S', 'Make or take room'],
      ['Mod+F', 'Find in the diagram'],
      ['1', 'Show all of it'],
      ['Mod+0', 'Zoom to 100 %'],
      ['Mod+Plus', 'Zoom in'],
      ['Mod+Minus', 'Zoom out'],
    ],
  },
  {
    title: 'Elements that are selected',
    kind: 'diagram',
    rows: [
      ['Arrows', 'Move them'],
      ['Shift+Arrows', 'Move them farther'],
      ['Mod+C', 'Copy'],
      ['Mod+V', 'Paste'],
      ['Mod+D', 'Duplicate'],
      ['Mod+A', 'Select all'],
      ['Delete', 'Remove them'],
    ],
  },
  {
    title: 'The outline of a diagram',
    kind: 'diagram',
    rows: [
      ['Enter', 'Show it on the canvas'],
      ['F2', 'Rename it'],
      ['Shift+F10', 'All that can be done with it'],
      ['Alt+Arrows', 'Go along the flow'],
      ['Delete', 'Remove it'],
    ],
  },
];

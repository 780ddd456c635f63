import { Modal } from '@mantine/core';
import { KeyboardHint } from '@tidemark/ui';
import css from './shortcut-sheet.module.css';

const groups = [
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
    title: 'Dashboard',
    rows: [
      ['A', 'Add a chart'],
      ['F', 'Show or hide filters'],
    ],
  },
  {
    title: 'A chart that has the focus',
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
    rows: [
      ['Alt+1', 'The estimate'],
      ['Alt+2', 'Its risks'],
      ['Alt+3', 'What it came to'],
    ],
  },
  {
    title: 'Diagram',
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
    rows: [
      ['Enter', 'Show it on the canvas'],
      ['F2', 'Rename it'],
      ['Shift+F10', 'All that can be done with it'],
      ['Alt+Arrows', 'Go along the flow'],
      ['Delete', 'Remove it'],
    ],
  },
] as const;

export function ShortcutSheet({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title="Keyboard shortcuts"
      size="lg"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <div className={css.columns}>
        {groups.map((group) => (
          <section key={group.title} className={css.group}>
            <h3 className={css.title}>{group.title}</h3>
            <dl className={css.rows}>
              {group.rows.map(([keys, words]) => (
                <div key={keys} className={css.row}>
                  <dt>{words}</dt>
                  <dd>
                    <KeyboardHint keys={keys} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  );
}

import { Modal } from '@mantine/core';
import { KeyboardHint } from '@tidemark/ui';
import css from './shortcut-sheet.module.css';

const groups = [
  {
    title: 'Everywhere',
    rows: [
      ['Mod+K', 'Commands and documents'],
      ['?', 'This sheet'],
    ],
  },
  {
    title: 'Dashboard',
    rows: [
      ['Mod+Z', 'Undo what you did'],
      ['Mod+Shift+Z', 'Redo'],
      ['Mod+S', 'Save now'],
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
      ['Delete', 'Remove it'],
      ['Esc', 'Let go; stop following'],
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

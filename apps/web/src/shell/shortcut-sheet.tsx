import { Modal } from '@mantine/core';
import { KeyboardHint } from '@tidemark/ui';
import { kindInHand } from './shortcut-door.ts';
import css from './shortcut-sheet.module.css';
import { shortcutGroups } from './shortcuts.ts';

/** The keys that do something here: with a document open, those of its kind. */
export function ShortcutSheet({ onClose }: { onClose: () => void }) {
  const here = kindInHand();
  const groups = shortcutGroups.filter(({ kind }) => here === null || kind === undefined || kind === here);
  return (
    <Modal
      opened
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

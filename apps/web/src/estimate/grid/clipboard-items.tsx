import { notifications } from '@mantine/notifications';
import { IconArrowBarDown, IconClipboard, IconClipboardCopy, IconScissors } from '@tabler/icons-react';
import { act } from './acts.ts';
import { useGrid } from './context.ts';
import { chosenNow } from './line-acts.ts';
import { Item } from './menu-item.tsx';
import { copyBy, pasteBy } from './use-clipboard.ts';

const icon = { size: 16, stroke: 1.7 } as const;

/** The clipboard, for those who look for it in the menu. Browsers may refuse it there; the keys always do. */
export function ClipboardItems({ mayChange }: { mayChange: boolean }) {
  const grid = useGrid();
  const several = chosenNow(grid).length > 1;
  const refused = (keys: string) => (error: unknown) => {
    if (!(error instanceof DOMException) || error.name !== 'NotAllowedError') throw error;
    notifications.show({
      color: 'yellow',
      message: `The browser does not let the clipboard be used from here: press ${keys}.`,
    });
  };
  return (
    <>
      {mayChange && (
        <Item
          icon={<IconScissors {...icon} />}
          keys="Mod+X"
          onChoose={() => void copyBy(grid, true).catch(refused('Ctrl+X'))}
        >
          Cut
        </Item>
      )}
      <Item
        icon={<IconClipboardCopy {...icon} />}
        keys="Mod+C"
        onChoose={() => void copyBy(grid, false).catch(refused('Ctrl+C'))}
      >
        Copy
      </Item>
      {mayChange && (
        <Item
          icon={<IconClipboard {...icon} />}
          keys="Mod+V"
          onChoose={() => void pasteBy(grid).catch(refused('Ctrl+V'))}
        >
          Paste
        </Item>
      )}
      {mayChange && several && (
        <Item
          icon={<IconArrowBarDown {...icon} />}
          keys="Mod+D"
          onChoose={() => act(grid, { act: 'fill', direction: 'down' })}
        >
          Fill down
        </Item>
      )}
    </>
  );
}

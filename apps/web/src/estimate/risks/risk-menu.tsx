import { Menu } from '@mantine/core';
import {
  IconArrowDown,
  IconArrowUp,
  IconCopyPlus,
  IconDots,
  IconMessage2,
  IconTrash,
} from '@tabler/icons-react';
import { IconButton, KeyboardHint } from '@tidemark/ui';
import { useTalk } from '../../conversation/context.ts';
import { useCopyFromPast } from '../../history/use-copy-from-past.ts';
import { useDesk, useMayPrice } from '../context.ts';

interface Props {
  id: string;
  name: string;
  size?: number;
  /** Null where there is nothing to move it past. */
  onMove: ((way: 'up' | 'down') => void) | null;
  onRemove: () => void;
}

const icon = { size: 16, stroke: 1.7 } as const;

export function RiskMenu({ id, name, size = 28, onMove, onRemove }: Props) {
  const mayPrice = useMayPrice();
  const { open } = useDesk();
  const { discuss, open: mayTalk } = useTalk();
  const copy = useCopyFromPast();
  if (!mayPrice && !mayTalk && copy === null) return null;
  return (
    <Menu position="bottom-end" width={210}>
      <Menu.Target>
        <IconButton label={`Actions for ${name}`} size={size}>
          <IconDots size={17} stroke={1.8} />
        </IconButton>
      </Menu.Target>
      <Menu.Dropdown aria-label={`Actions for ${name}`}>
        {mayPrice && onMove && (
          <>
            <Menu.Item
              leftSection={<IconArrowUp {...icon} />}
              rightSection={<KeyboardHint keys="Alt+Shift+Up" />}
              onClick={() => onMove('up')}
            >
              Move up
            </Menu.Item>
            <Menu.Item
              leftSection={<IconArrowDown {...icon} />}
              rightSection={<KeyboardHint keys="Alt+Shift+Down" />}
              onClick={() => onMove('down')}
            >
              Move down
            </Menu.Item>
          </>
        )}
        {copy && (
          <Menu.Item
            leftSection={<IconCopyPlus {...icon} />}
            onClick={() => copy([{ collection: 'risks', id }], name)}
          >
            Copy into now
          </Menu.Item>
        )}
        {mayTalk && (
          <Menu.Item
            leftSection={<IconMessage2 {...icon} />}
            onClick={() => {
              open('comments');
              discuss({ kind: 'risk', id, label: name });
            }}
          >
            Comment
          </Menu.Item>
        )}
        {mayPrice && (
          <>
            <Menu.Divider />
            <Menu.Item
              data-danger
              leftSection={<IconTrash {...icon} />}
              rightSection={<KeyboardHint keys="Mod+Minus" />}
              onClick={onRemove}
            >
              Remove
            </Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

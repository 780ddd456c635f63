import { Menu } from '@mantine/core';
import { IconDots, IconHistory } from '@tabler/icons-react';
import { IconButton } from '@tidemark/ui';
import type { Space } from '../../api/types.ts';

/** What can be done with a whole space. */
export function SpaceMenu({
  space,
  online,
  onGoBack,
}: {
  space: Space;
  online: boolean;
  onGoBack: () => void;
}) {
  return (
    <Menu position="bottom-end" width={250}>
      <Menu.Target>
        <IconButton label={`Actions for ${space.name}`} hint="Actions" disabled={!online}>
          <IconDots size={18} stroke={1.7} />
        </IconButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconHistory size={16} stroke={1.7} />} onClick={onGoBack}>
          Go back to an earlier time…
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

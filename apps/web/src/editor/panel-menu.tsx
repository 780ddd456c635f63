import { Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { IconButton } from '@tidemark/ui';
import type { ReactNode } from 'react';
import type { PanelDesk, PanelPart } from './panel-part.ts';

interface Props<Name extends string> {
  panels: readonly PanelPart<Name>[];
  desk: PanelDesk<Name>;
  /** Further lines, above the panels. */
  children?: ReactNode;
}

/** The panels on a phone, which has no rail. */
export function PanelMenu<Name extends string>({ panels, desk, children }: Props<Name>) {
  if (panels.length === 0) return null;
  return (
    <Menu position="bottom-end" width={210}>
      <Menu.Target>
        <IconButton label="More" size={44}>
          <IconDots size={20} stroke={1.7} />
        </IconButton>
      </Menu.Target>
      <Menu.Dropdown>
        {children}
        {panels.map((part) => (
          <Item key={part.name} part={part} onClick={() => desk.open(part.name)} />
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

const noCount = () => null;

function Item({
  part: { label, icon: Icon, useCount = noCount },
  onClick,
}: {
  part: PanelPart;
  onClick: () => void;
}) {
  const count = useCount();
  return (
    <Menu.Item leftSection={<Icon size={17} stroke={1.7} />} onClick={onClick}>
      {count ? `${label} (${count})` : label}
    </Menu.Item>
  );
}

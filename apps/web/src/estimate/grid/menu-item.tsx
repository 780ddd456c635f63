import { Menu } from '@mantine/core';
import { KeyboardHint } from '@tidemark/ui';
import type { ReactNode } from 'react';

interface ItemProps {
  icon: ReactNode;
  keys?: string;
  danger?: boolean;
  onChoose: () => void;
  children: ReactNode;
}

/** One thing that the menu of a row does, and the keys that do the same. */
export function Item({ icon: picture, keys, danger, onChoose, children }: ItemProps) {
  return (
    <Menu.Item
      leftSection={picture}
      data-danger={danger || undefined}
      rightSection={
        keys && (
          <span aria-hidden>
            <KeyboardHint keys={keys} />
          </span>
        )
      }
      onClick={onChoose}
    >
      {children}
    </Menu.Item>
  );
}

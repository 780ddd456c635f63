import { Popover } from '@mantine/core';
import type { ReactNode } from 'react';
import css from './cell.module.css';

interface Props {
  /** How what is told is framed. */
  look: 'problem' | 'bare' | 'choices';
  align: 'start' | 'end';
  /** Pixels from the edge at which what is written stands. */
  inset: number;
  children: ReactNode;
}

/** What is told or offered below the open cell. Mounted while there is something to show: no step of the arrows and no letter makes one. */
export function CellPopover({ look, align, inset, children }: Props) {
  return (
    <Popover
      opened
      position={align === 'end' ? 'bottom-end' : 'bottom-start'}
      offset={{ mainAxis: 3, crossAxis: inset }}
      transitionProps={{ duration: 0 }}
      withRoles={false}
      closeOnClickOutside={false}
      closeOnEscape={false}
    >
      <Popover.Target>
        <span className={css.anchor} />
      </Popover.Target>
      <Popover.Dropdown className={css[look]}>{children}</Popover.Dropdown>
    </Popover>
  );
}

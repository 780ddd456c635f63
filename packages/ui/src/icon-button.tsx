import { ActionIcon, type ActionIconProps, Tooltip } from '@mantine/core';
import type { ComponentPropsWithoutRef, ReactNode, Ref } from 'react';

interface Props extends Omit<ActionIconProps, 'children'> {
  /** Accessible name, also the tooltip unless `hint` says more. */
  label: string;
  hint?: ReactNode;
  children: ReactNode;
  ref?: Ref<HTMLButtonElement>;
}

/** A button that is only an icon: always named, always with a tooltip, never focusable by accident. */
export function IconButton({
  label,
  hint,
  children,
  ref,
  ...rest
}: Props & Omit<ComponentPropsWithoutRef<'button'>, keyof Props>) {
  // What the button has opened stands where the tooltip would.
  const opened = rest['aria-expanded'] === true || rest['aria-expanded'] === 'true';
  return (
    <Tooltip label={hint ?? label} disabled={opened}>
      <ActionIcon ref={ref ?? null} aria-label={label} {...rest}>
        {children}
      </ActionIcon>
    </Tooltip>
  );
}

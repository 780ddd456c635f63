import { Button, type ButtonProps, Menu, type MenuItemProps } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import type { ComponentProps, Ref } from 'react';

type Anchor = Omit<ComponentProps<'a'>, keyof ButtonProps> & { ref?: Ref<HTMLAnchorElement> };

/** A link of this site that looks like a button. */
export const LinkButton = createLink((props: ButtonProps & Anchor) => <Button component="a" {...props} />);

type ItemAnchor = Omit<ComponentProps<'a'>, keyof MenuItemProps> & { ref?: Ref<HTMLAnchorElement> };

/** A link of this site in a menu. */
export const LinkItem = createLink((props: MenuItemProps & ItemAnchor) => (
  <Menu.Item component="a" {...props} />
));

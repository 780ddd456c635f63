import { Menu, SegmentedControl, useMantineColorScheme } from '@mantine/core';
import { IconKey, IconKeyboard, IconLogout } from '@tabler/icons-react';
import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Avatar } from '@tidemark/ui';
import { lazy, Suspense, useState } from 'react';
import { meQuery, signOut } from '../api/session.ts';
import { colourOf } from './colour.ts';
import css from './profile-menu.module.css';
import { openShortcutSheet } from './shortcut-door.ts';

const TokensDialog = lazy(async () => ({ default: (await import('./tokens-dialog.tsx')).TokensDialog }));

/** Who I am, how it looks, and the way out. */
export function ProfileMenu() {
  const { data: me } = useSuspenseQuery(meQuery);
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const [tokens, setTokens] = useState(false);
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const leave = useMutation({
    mutationFn: signOut,
    onSuccess: async () => {
      await navigate({ to: '/sign-in', search: {} });
      queryClient.clear();
    },
  });
  return (
    <>
      <Menu position="bottom-end" width={248} closeOnItemClick={false}>
        <Menu.Target>
          <button type="button" className={css.target} aria-label={`Your account, ${me.user.name}`}>
            <Avatar person={{ id: me.user.id, name: me.user.name, colour: colourOf(me.user.id) }} />
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          <div className={css.who}>
            <div className={css.name}>{me.user.name}</div>
            <div className={css.email}>{me.user.email}</div>
          </div>
          <Menu.Divider />
          <div className={css.scheme}>
            <SegmentedControl
              fullWidth
              aria-label="Appearance"
              value={colorScheme}
              onChange={(value) => setColorScheme(value as 'light' | 'dark' | 'auto')}
              data={[
                { value: 'light', label: 'Light' },
                { value: 'dark', label: 'Dark' },
                { value: 'auto', label: 'System' },
              ]}
            />
          </div>
          <Menu.Divider />
          <Menu.Item
            closeMenuOnClick
            leftSection={<IconKeyboard size={16} stroke={1.7} />}
            onClick={openShortcutSheet}
          >
            Keyboard shortcuts
          </Menu.Item>
          <Menu.Item
            closeMenuOnClick
            leftSection={<IconKey size={16} stroke={1.7} />}
            onClick={() => setTokens(true)}
          >
            API tokens
          </Menu.Item>
          <Menu.Item
            closeMenuOnClick
            leftSection={<IconLogout size={16} stroke={1.7} />}
            onClick={() => leave.mutate()}
          >
            Sign out
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Suspense fallback={null}>{tokens && <TokensDialog onClose={() => setTokens(false)} />}</Suspense>
    </>
  );
}

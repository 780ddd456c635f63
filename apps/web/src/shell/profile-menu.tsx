import { Popover, SegmentedControl, useMantineColorScheme } from '@mantine/core';
import {
  IconBuilding,
  IconDevices,
  IconFileZip,
  IconHistory,
  IconKey,
  IconKeyboard,
  IconLogout,
  IconServer,
} from '@tabler/icons-react';
import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Avatar } from '@tidemark/ui';
import { useState } from 'react';
import { meQuery, signOut } from '../api/session.ts';
import { colourOf } from './colour.ts';
import { fetched } from './fetched.tsx';
import css from './profile-menu.module.css';
import { openShortcutSheet } from './shortcut-door.ts';

const CompanyProfileDialog = fetched(
  async () => (await import('./company-profile-dialog.tsx')).CompanyProfileDialog,
);
const DevicesDialog = fetched(async () => (await import('./devices-dialog.tsx')).DevicesDialog);
const ExportDialog = fetched(async () => (await import('./export-dialog.tsx')).ExportDialog);
const HistoryDialog = fetched(async () => (await import('./history-dialog.tsx')).HistoryDialog);
const TokensDialog = fetched(async () => (await import('./tokens-dialog.tsx')).TokensDialog);

/** Who I am, how it looks, and the way out. */
export function ProfileMenu() {
  const { data: me } = useSuspenseQuery(meQuery);
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const [opened, setOpened] = useState(false);
  const [dialog, setDialog] = useState<'company' | 'history' | 'export' | 'devices' | 'tokens' | null>(null);
  const choose = (act: () => void) => () => {
    setOpened(false);
    act();
  };
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
      <Popover
        opened={opened}
        onChange={setOpened}
        position="bottom-end"
        width={248}
        trapFocus
        returnFocus
        transitionProps={{ duration: 90 }}
      >
        <Popover.Target>
          <button
            type="button"
            className={css.target}
            aria-label={`Your account, ${me.user.name}`}
            onClick={() => setOpened(!opened)}
          >
            <Avatar person={{ id: me.user.id, name: me.user.name, colour: colourOf(me.user.id) }} />
          </button>
        </Popover.Target>
        <Popover.Dropdown aria-label="Your account">
          <div className={css.who}>
            <div className={css.name}>{me.user.name}</div>
            <div className={css.email}>{me.user.email}</div>
          </div>
          <div className={css.scheme}>
            <SegmentedControl
              fullWidth
              aria-label="Light or dark"
              value={colorScheme}
              onChange={(value) => setColorScheme(value as 'light' | 'dark' | 'auto')}
              data={[
                { value: 'light', label: 'Light' },
                { value: 'dark', label: 'Dark' },
                { value: 'auto', label: 'System' },
              ]}
            />
          </div>
          <button type="button" className={css.item} onClick={choose(openShortcutSheet)}>
            <IconKeyboard size={16} stroke={1.7} aria-hidden />
            Keyboard shortcuts
          </button>
          <button type="button" className={css.item} onClick={choose(() => setDialog('company'))}>
            <IconBuilding size={16} stroke={1.7} aria-hidden />
            Company on your papers
          </button>
          <button type="button" className={css.item} onClick={choose(() => setDialog('history'))}>
            <IconHistory size={16} stroke={1.7} aria-hidden />
            How long history is kept
          </button>
          {me.company.role === 'owner' && (
            <button type="button" className={css.item} onClick={choose(() => setDialog('export'))}>
              <IconFileZip size={16} stroke={1.7} aria-hidden />
              Export the company
            </button>
          )}
          <button type="button" className={css.item} onClick={choose(() => setDialog('devices'))}>
            <IconDevices size={16} stroke={1.7} aria-hidden />
            Your devices
          </button>
          <button type="button" className={css.item} onClick={choose(() => setDialog('tokens'))}>
            <IconKey size={16} stroke={1.7} aria-hidden />
            API tokens
          </button>
          {me.operator && (
            <button
              type="button"
              className={css.item}
              onClick={choose(() => void navigate({ to: '/operator' }))}
            >
              <IconServer size={16} stroke={1.7} aria-hidden />
              Server
            </button>
          )}
          <button type="button" className={css.item} onClick={choose(() => leave.mutate())}>
            <IconLogout size={16} stroke={1.7} aria-hidden />
            Sign out
          </button>
        </Popover.Dropdown>
      </Popover>
      {dialog === 'company' && <CompanyProfileDialog onClose={() => setDialog(null)} />}
      {dialog === 'export' && <ExportDialog onClose={() => setDialog(null)} />}
      {dialog === 'history' && <HistoryDialog onClose={() => setDialog(null)} />}
      {dialog === 'devices' && <DevicesDialog onClose={() => setDialog(null)} />}
      {dialog === 'tokens' && <TokensDialog onClose={() => setDialog(null)} />}
    </>
  );
}

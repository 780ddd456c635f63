import { Button, Modal, Skeleton } from '@mantine/core';
import { IconDeviceDesktop, IconDeviceMobile } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { wordsOf } from '../api/http.ts';
import { devicesQuery, signOutDevice } from '../api/session.ts';
import { FormError } from '../session/form.tsx';
import { deviceWords } from './device-words.ts';
import css from './devices-dialog.module.css';
import { timeAgo } from './time.ts';

/** Where this person is signed in, and a way to end it there. */
export function DevicesDialog({ onClose }: { onClose: () => void }) {
  const queryClient = useQueryClient();
  const devices = useQuery(devicesQuery);
  const end = useMutation({
    mutationFn: signOutDevice,
    onSettled: () => queryClient.invalidateQueries({ queryKey: devicesQuery.queryKey }),
  });
  return (
    <Modal
      opened
      onClose={onClose}
      title="Your devices"
      size="md"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <p className={css.words}>
        Signed out, a device closes your documents within a second. Changes that were not sent stay on it.
      </p>
      {devices.isPending && <Skeleton height={54} />}
      <FormError error={end.error} />
      {devices.isError && <p className={css.words}>{wordsOf(devices.error)}</p>}
      <ul className={css.list} aria-label="Your devices">
        {(devices.data ?? []).map(({ id, device, renewedAt, current }) => {
          const words = deviceWords(device);
          const Icon = /iPhone|iPad|Android/.test(words) ? IconDeviceMobile : IconDeviceDesktop;
          return (
            <li key={id} className={css.device}>
              <Icon size={20} stroke={1.6} aria-hidden className={css.icon} />
              <span className={css.what}>
                <span className={css.name}>{words}</span>
                <span className={css.when}>
                  {current ? 'This device' : `Last used ${timeAgo(renewedAt)}`}
                </span>
              </span>
              {!current && (
                <Button
                  size="compact-sm"
                  variant="default"
                  aria-label={`Sign out ${words}`}
                  loading={end.isPending && end.variables === id}
                  onClick={() => end.mutate(id)}
                >
                  Sign out
                </Button>
              )}
            </li>
          );
        })}
      </ul>
    </Modal>
  );
}

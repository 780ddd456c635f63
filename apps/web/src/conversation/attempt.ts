import { notifications } from '@mantine/notifications';

/** Does something that this device has to keep, and says so when it cannot. */
export function attempt(work: Promise<unknown> | undefined): void {
  work?.catch((error: unknown) => {
    console.info('Something about comments could not be kept on this device.', error);
    notifications.show({
      id: 'comments-not-kept',
      message: 'This device could not keep that. Make room and try again.',
    });
  });
}

import { notifications } from '@mantine/notifications';
import { useCallback } from 'react';
import { useSession } from './context.ts';

/** How long a save may take before the person hears that it goes on, milliseconds. */
const patience = 3000;

/** "Save": sends what is pending now and says when the server has stored it. */
export function useSave(): () => void {
  const { provider } = useSession();
  return useCallback(() => {
    const id = 'save';
    const say = (message: string, color?: string) => {
      notifications.hide(id);
      notifications.show({ id, message, ...(color ? { color } : {}), autoClose: 3500 });
    };
    const slow = setTimeout(() => {
      if (provider.status().pending > 0) {
        say('Not stored on the server yet. It is sent as soon as the server can be reached.', 'yellow');
      }
    }, patience);
    provider.flush().then(
      (result) => {
        clearTimeout(slow);
        if ('unflushed' in result) say(`Not saved: ${result.detail}`, 'red');
        else say('Saved. Everything is stored on the server.', 'tide');
      },
      (error: unknown) => {
        clearTimeout(slow);
        say(`Not saved: ${error instanceof Error ? error.message : 'an unknown fault'}`, 'red');
      },
    );
  }, [provider]);
}

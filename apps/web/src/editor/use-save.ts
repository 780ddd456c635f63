import { notifications } from '@mantine/notifications';
import { createElement, type ReactNode, useCallback, useContext } from 'react';
import { ActionToast } from '../shell/action-toast.tsx';
import { type SaveOffer, SaveOfferContext, useSession } from './context.ts';

/** How long a save may take before the person hears that it goes on, milliseconds. */
const patience = 3000;

/** "Save": sends what is pending now and says when the server has stored it. */
export function useSave(): () => void {
  const { provider } = useSession();
  const offer = useContext(SaveOfferContext);
  return useCallback(() => {
    const id = 'save';
    const say = (message: ReactNode, color?: string) => {
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
        else say(offer ? offering(saved, offer, () => notifications.hide(id)) : saved, 'tide');
      },
      (error: unknown) => {
        clearTimeout(slow);
        say(`Not saved: ${error instanceof Error ? error.message : 'an unknown fault'}`, 'red');
      },
    );
  }, [provider, offer]);
}

const saved = 'Saved. Everything is stored on the server.';

function offering(text: string, { label, run }: SaveOffer, done: () => void): ReactNode {
  const onAction = () => {
    done();
    run();
  };
  return createElement(ActionToast, { text, action: label, onAction });
}

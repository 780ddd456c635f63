import { createElement, type ReactNode, useCallback } from 'react';
import { ask } from '../history/door.ts';
import { ActionToast } from '../shell/action-toast.tsx';
import { LastToast } from '../shell/last-toast.ts';
import { useSession } from './context.ts';
import { mayEditNow } from './rights.ts';

/** How long a save may take before the person hears that it goes on, milliseconds. */
const patience = 3000;
const toast = new LastToast();

/** "Save": sends what is pending now and says when the server has stored it. */
export function useSave(): () => void {
  const { provider } = useSession();
  return useCallback(() => {
    const say = (message: ReactNode, color?: string) =>
      toast.say({ message, ...(color ? { color } : {}), autoClose: 3500 });
    const slow = setTimeout(() => {
      if (provider.status().pending > 0) {
        say('Not stored on the server yet. It is sent as soon as the server can be reached.', 'yellow');
      }
    }, patience);
    provider.flush().then(
      (result) => {
        clearTimeout(slow);
        if ('unflushed' in result) say(`Not saved: ${result.detail}`, 'red');
        else say(mayEditNow(provider) ? offering(() => toast.hide()) : saved, 'tide');
      },
      (error: unknown) => {
        clearTimeout(slow);
        say(`Not saved: ${error instanceof Error ? error.message : 'an unknown fault'}`, 'red');
      },
    );
  }, [provider]);
}

const saved = 'Saved. Everything is stored on the server.';

/** Whoever saves by hand may want to come back to this very state. */
function offering(done: () => void): ReactNode {
  const onAction = () => {
    done();
    ask({ is: 'name', lsn: null });
  };
  return createElement(ActionToast, { text: saved, action: 'Name this version…', onAction });
}

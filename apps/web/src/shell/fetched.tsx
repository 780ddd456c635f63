import { notifications } from '@mantine/notifications';
import { type ComponentType, useEffect, useState } from 'react';

interface Closable {
  readonly onClose: () => void;
}

/**
 * A dialog that is fetched when it is first opened. Where that fails, without a network for one, it says so and closes; the page
 * goes on, and it is fetched again when it is opened again. Closed, the focus goes back to where it was opened from.
 */
export function fetched<Props extends Closable>(
  load: () => Promise<ComponentType<Props>>,
): ComponentType<Props> {
  let kept: ComponentType<Props> | null = null;
  return function Fetched(props: Props) {
    const [Dialog, setDialog] = useState<ComponentType<Props> | null>(() => kept);
    const [opener] = useState(openerOf);
    const { onClose } = props;
    useEffect(() => {
      if (kept !== null) return;
      let here = true;
      load().then(
        (loaded) => {
          kept = loaded;
          if (here) setDialog(() => loaded);
        },
        () => {
          if (!here) return;
          notifications.show({ message: words(), color: 'red' });
          onClose();
        },
      );
      return () => {
        here = false;
      };
    }, [onClose]);
    useEffect(
      () => () => {
        if (document.activeElement === document.body) opener?.focus();
      },
      [opener],
    );
    return Dialog && <Dialog {...props} />;
  };
}

const words = () =>
  navigator.onLine
    ? 'This part of Tidemark could not be loaded. Try again, or load the page again.'
    : 'You are offline, and this part of Tidemark is not on this device yet.';

/** What has the focus; of a menu, which goes, what opened it. */
function openerOf(): HTMLElement | null {
  const focused = document.activeElement;
  const menu = focused?.closest('[role=menu]');
  const opener = menu ? document.querySelector(`[aria-controls="${CSS.escape(menu.id)}"]`) : focused;
  return opener instanceof HTMLElement ? opener : null;
}

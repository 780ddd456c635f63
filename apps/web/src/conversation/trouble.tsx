import { Button } from '@mantine/core';
import { IconCloudOff, IconLock } from '@tabler/icons-react';
import { useStatus } from '@tidemark/client/react';
import { useSession } from '../editor/context.ts';
import { isShutOut } from '../editor/rights.ts';
import { useOnline } from '../shell/online.ts';
import { useTalk } from './context.ts';
import css from './conversation.module.css';

/** Whether this person may take part. Everybody who may read the document may. */
export function useMayWrite(): boolean {
  const { provider } = useSession();
  const shut = isShutOut(useStatus(provider));
  const { snapshot } = useTalk();
  return !shut && snapshot.trouble !== 'shut-out';
}

/** Whether the server cannot be reached, as far as is known. */
export function useAway(): boolean {
  const { provider } = useSession();
  const { state } = useStatus(provider);
  const { snapshot } = useTalk();
  return !useOnline() || state === 'offline' || snapshot.trouble === 'offline';
}

/** What keeps the conversation from being whole or from being sent, in one line. */
export function Trouble() {
  const { conversation, snapshot } = useTalk();
  const away = useAway();
  const mayWrite = useMayWrite();
  const waits = snapshot.waiting.some(
    ({ change, sent, refused }) => change.what !== 'mark' && !sent && refused === null,
  );
  if (!mayWrite) {
    return (
      <p className={css.trouble}>
        <IconLock size={15} stroke={1.8} aria-hidden />
        You no longer have access here: you see what this device has kept, and cannot write.
      </p>
    );
  }
  if (waits && !snapshot.lasting) {
    return (
      <p className={css.trouble} data-tone="warn">
        <IconCloudOff size={15} stroke={1.8} aria-hidden />
        This browser keeps nothing: stay on this page until your comments are sent.
      </p>
    );
  }
  if (away) {
    return (
      <p className={css.trouble}>
        <IconCloudOff size={15} stroke={1.8} aria-hidden />
        You are offline. What you write is sent when you are back.
      </p>
    );
  }
  if (snapshot.trouble === null) return null;
  return (
    <p className={css.trouble} data-tone="warn" role="status">
      <IconCloudOff size={15} stroke={1.8} aria-hidden />
      <span>
        {snapshot.trouble === 'signed-out'
          ? 'You are signed out. What you write is sent when you are back.'
          : 'Comments cannot be fetched at present.'}
      </span>
      {snapshot.trouble === 'failing' && (
        <Button size="compact-xs" variant="default" onClick={() => void conversation?.catchUp()}>
          Try again
        </Button>
      )}
    </p>
  );
}

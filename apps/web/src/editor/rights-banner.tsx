import { Button } from '@mantine/core';
import { IconDownload, IconEye, IconLock, IconLogin, IconTrash } from '@tabler/icons-react';
import { useAccess, useStatus } from '@tidemark/client/react';
import { Banner, ConfirmDialog } from '@tidemark/ui';
import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react';
import { nounOf } from '../shell/kind-words.ts';
import { useSession } from './context.ts';
import { downloadCopy } from './copy-file.ts';
import { isShutOut, shutOutWords, useCouldEdit } from './rights.ts';

const SignInAgain = lazy(async () => ({
  default: (await import('../session/sign-in-again.tsx')).SignInAgain,
}));

const changesOfYours = (count: number) =>
  count === 1 ? 'A change of yours was not sent.' : `${count} changes of yours were not sent.`;

/**
 * What this person may do here when it is not everything, and what becomes of changes that were not sent.
 * `readNote`: what somebody who may only look can still do; null where nobody wonders that they can't write, unless they could before.
 */
export function RightsBanner({ readNote }: { readNote: string | null }) {
  const { provider, kind } = useSession();
  const noun = nounOf(kind);
  const status = useStatus(provider);
  const access = useAccess(provider);
  const could = useCouldEdit();
  if (status.state === 'refused' && status.code === 'not-signed-in')
    return <SignedOut pending={status.pending} />;
  // That a document was begun anew is told with the copy that is kept of it.
  if (status.state === 'refused' && status.code === 'stale-epoch' && !status.unsafe) return null;
  if (isShutOut(status) && status.state === 'refused') {
    return (
      <Unsent tone="bad" icon={<IconLock size={16} stroke={1.8} />} pending={status.pending}>
        {shutOutWords(status.code, noun)}{' '}
        {status.pending > 0 ? changesOfYours(status.pending) : 'You see the copy on this device.'}
      </Unsent>
    );
  }
  if (access !== 'read') return null;
  const words = could ? `You can now only view this ${noun}.` : `You can view this ${noun}.`;
  if (status.pending > 0) {
    return (
      <Unsent tone="warn" icon={<IconEye size={16} stroke={1.8} />} pending={status.pending}>
        {words} {changesOfYours(status.pending)}
      </Unsent>
    );
  }
  if (readNote === null && !could) return null;
  return (
    <Banner tone="info" icon={<IconEye size={16} stroke={1.8} />}>
      {words} {readNote}
    </Banner>
  );
}

function SignedOut({ pending }: { pending: number }) {
  const { provider, me } = useSession();
  const [asking, setAsking] = useState(false);
  // Signed in again in another tab: this one finds out when it is looked at.
  useEffect(() => {
    const back = () => document.visibilityState === 'visible' && provider.retry();
    document.addEventListener('visibilitychange', back);
    return () => document.removeEventListener('visibilitychange', back);
  }, [provider]);
  return (
    <>
      <Banner
        tone="warn"
        icon={<IconLock size={16} stroke={1.8} />}
        action={
          <Button
            size="compact-sm"
            leftSection={<IconLogin size={15} stroke={1.8} />}
            onClick={() => setAsking(true)}
          >
            Sign in again
          </Button>
        }
      >
        You are signed out.{' '}
        {pending > 0
          ? `${pending === 1 ? 'A change waits' : `${pending} changes wait`} on this device until you are back.`
          : 'You can go on; changes wait on this device until you are back.'}
      </Banner>
      <Suspense fallback={null}>
        {asking && (
          <SignInAgain
            email={me.email}
            onClose={() => setAsking(false)}
            onDone={() => {
              setAsking(false);
              provider.retry();
            }}
          />
        )}
      </Suspense>
    </>
  );
}

interface UnsentProps {
  tone: 'warn' | 'bad';
  icon: ReactNode;
  pending: number;
  children: ReactNode;
}

/** A banner over work that the server will not take: to keep as a file, or to let go. */
function Unsent({ tone, icon, pending, children }: UnsentProps) {
  const { provider, documentId, renew } = useSession();
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const discard = async () => {
    setBusy(true);
    try {
      await provider.discardUnsent();
    } finally {
      renew();
    }
  };
  return (
    <>
      <Banner
        tone={tone}
        icon={icon}
        action={
          <CopyActions
            onDownload={() => downloadCopy(provider.exportUnsent(), { documentId, unsent: pending })}
            onDiscard={() => setAsking(true)}
          />
        }
      >
        {children}
      </Banner>
      <ConfirmDialog
        opened={asking}
        title={pending > 0 ? 'Discard what was not sent?' : 'Discard the copy on this device?'}
        confirm="Discard"
        danger
        busy={busy}
        onClose={() => setAsking(false)}
        onConfirm={() => void discard()}
      >
        {pending > 0
          ? `${pending === 1 ? 'One change is' : `${pending} changes are`} only on this device. Discarded, nobody can bring ${pending === 1 ? 'it' : 'them'} back.`
          : 'Everything in it was sent. It is removed from this device only.'}
      </ConfirmDialog>
    </>
  );
}

/** The two ways for a copy that only this device has. */
export function CopyActions({ onDownload, onDiscard }: { onDownload: () => void; onDiscard: () => void }) {
  return (
    <>
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<IconDownload size={15} stroke={1.8} />}
        onClick={onDownload}
      >
        Download
      </Button>
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<IconTrash size={15} stroke={1.8} />}
        onClick={onDiscard}
      >
        Discard
      </Button>
    </>
  );
}

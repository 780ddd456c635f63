import { useNavigate } from '@tanstack/react-router';
import { useStatus } from '@tidemark/client/react';
import { StatusBadge } from '@tidemark/ui';
import { useEffect, useState } from 'react';
import { useDashboard } from './context.ts';
import { statusWords } from './status-text.ts';

/** How long something has to be under way before the badge says so, milliseconds. */
const patience = 400;

/** The badge that tells the truth about stored work, and the guard against leaving too early. */
export function Status() {
  const { provider, documentId } = useDashboard();
  const status = useStatus(provider);
  const navigate = useNavigate();
  const [shown, setShown] = useState(status);

  useEffect(() => {
    // "Saving…" for a blink tells nobody anything; all else is shown at once.
    const wait = status.state === 'saving' && shown.state === 'saved' ? patience : 0;
    const timer = setTimeout(() => setShown(status), wait);
    return () => clearTimeout(timer);
  }, [status, shown.state]);

  const unsafe = status.unsafe;
  useEffect(() => {
    if (!unsafe) return;
    const guard = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', guard);
    return () => window.removeEventListener('beforeunload', guard);
  }, [unsafe]);

  const { tone, text, title, action } = statusWords(shown);
  return (
    <StatusBadge
      tone={tone}
      text={text}
      title={title}
      {...(action === 'retry' ? { action: { label: 'Retry', run: provider.retry } } : {})}
      {...(action === 'sign-in'
        ? {
            action: {
              label: 'Sign in',
              run: () => void navigate({ to: '/sign-in', search: { next: `/d/${documentId}` } }),
            },
          }
        : {})}
    />
  );
}

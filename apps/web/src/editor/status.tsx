import { useStatus } from '@tidemark/client/react';
import { StatusBadge } from '@tidemark/ui';
import { useEffect, useState } from 'react';
import { useSession } from './context.ts';
import { statusWords } from './status-text.ts';

/** How long "Saving…" stays at least, milliseconds: a word for a blink is only flicker. */
const dwell = 400;

/** The badge that tells the truth about stored work, and the guard against leaving too early. */
export function Status() {
  const { provider } = useSession();
  const status = useStatus(provider);
  // What is under way is said at once and "Saved" a little late, never the other way round: the badge may not be ahead of
  // what is stored.
  const [saving, setSaving] = useState<typeof status | null>(null);
  useEffect(() => {
    if (status.state === 'saving') return setSaving(status);
    const timer = setTimeout(() => setSaving(null), dwell);
    return () => clearTimeout(timer);
  }, [status]);
  const shown = status.state === 'saved' && saving ? saving : status;

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
    />
  );
}

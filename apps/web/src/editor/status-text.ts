import type { Status } from '@tidemark/client';
import type { StatusTone } from '@tidemark/ui';

export interface StatusWords {
  readonly tone: StatusTone;
  readonly text: string;
  readonly title: string;
  /** Whether "Retry" is offered. Where trying again changes nothing, a banner says what does. */
  readonly action: 'retry' | null;
}

const changes = (count: number) => (count === 1 ? '1 change' : `${count} changes`);
const clock = new Intl.DateTimeFormat('en', { hour: 'numeric', minute: '2-digit', second: '2-digit' });

/** What the badge says. Never more than the status knows: "Saved" is said of stored work alone. */
export function statusWords(status: Status): StatusWords {
  const words = (
    tone: StatusTone,
    text: string,
    title: string,
    action: StatusWords['action'] = null,
  ): StatusWords => ({ tone, text, title, action });
  const { pending } = status;
  switch (status.state) {
    case 'connecting':
      return pending > 0
        ? words(
            status.unsafe ? 'bad' : 'busy',
            `Connecting… ${changes(pending)} not sent`,
            'Connecting to the server.',
          )
        : words('busy', 'Connecting…', 'Connecting to the server.');
    case 'syncing':
      return words('busy', 'Syncing…', 'Exchanging changes with the server.');
    case 'saved':
      return words(
        'muted',
        'Saved',
        `Everything is stored on the server. Last checked at ${clock.format(status.at)}.`,
      );
    case 'saving':
      return words('busy', 'Saving…', `${changes(pending)} on the way to the server.`);
    case 'unconfirmed':
      return words(
        'warn',
        'Sent, not confirmed',
        'This server does not say whether it has stored the changes.',
      );
    case 'offline':
      if (pending === 0)
        return words(
          'offline',
          'Offline',
          'The server cannot be reached. Nothing waits to be sent.',
          'retry',
        );
      return status.unsafe || !status.keptOnDevice
        ? words(
            'bad',
            `Not saved — ${changes(pending)} only in this tab`,
            'The server cannot be reached and this device could not keep the changes. Do not close this tab.',
            'retry',
          )
        : words(
            'warn',
            `Offline — ${changes(pending)} kept on this device`,
            'They are sent when the server can be reached again.',
            'retry',
          );
    case 'storage-failing':
      return words(
        'bad',
        pending > 0 ? `Not saved — server can’t store ${changes(pending)}` : 'Server can’t store at present',
        'The server keeps trying. Nothing is lost as long as this tab or this device keeps the changes.',
        'retry',
      );
    case 'refused': {
      const what =
        pending > 0
          ? `Not saved — ${refusedWords[status.code] ?? 'refused'}`
          : (refusedTitles[status.code] ?? 'Refused');
      return words('bad', what, status.message, decided.includes(status.code) ? null : 'retry');
    }
  }
}

const decided: readonly string[] = ['not-signed-in', 'read-only', 'stale-epoch'];

const refusedWords: Partial<Record<string, string>> = {
  'not-signed-in': 'you are signed out',
  'no-access': 'you have no access any more',
  'read-only': 'you may only view this',
  'not-found': 'the document is gone',
  'stale-epoch': 'the document was begun anew',
  'too-large': 'the document is too large',
  'cannot-store': 'the server can’t store at present',
};

const refusedTitles: Partial<Record<string, string>> = {
  'not-signed-in': 'Signed out',
  'no-access': 'No access',
  'read-only': 'View only',
  'not-found': 'Document gone',
  'stale-epoch': 'Document begun anew',
  'too-large': 'Document too large',
};

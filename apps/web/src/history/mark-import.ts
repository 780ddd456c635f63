import { markHistory } from '../api/history.ts';
import { allStored } from '../editor/all-stored.ts';
import { isLive } from '../editor/rights.ts';
import type { Session } from '../editor/session.ts';

/** An automatic version of what is stored now, before the content of a file comes in; `about` names the file. */
export async function markBeforeImport(
  { documentId, provider }: Pick<Session, 'documentId' | 'provider'>,
  about: string,
): Promise<void> {
  if (!isLive(provider.status()) || !(await allStored(provider))) return;
  // The import goes on without: every edit can be looked at, only none of them stands out in the list.
  await markHistory(documentId, 'before-import', about).catch(() => undefined);
}

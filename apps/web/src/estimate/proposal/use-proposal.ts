import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { companyProfileQuery } from '../../api/company-profile.ts';
import { ApiError, wordsOf } from '../../api/http.ts';
import { useOnline } from '../../shell/online.ts';
import { useEstimate } from '../context.ts';
import { fetchProposal, type ProposalFile } from './proposal-file.ts';
import { type Pages, readPages } from './read-pages.ts';

export interface Shown {
  readonly file: ProposalFile;
  readonly pages: Pages;
}

export interface Proposal {
  /** The last one that was written; it stays while the next is. */
  readonly shown: Shown | null;
  readonly busy: boolean;
  /** Why there is no newer one. */
  readonly problem: { readonly words: string; readonly offline: boolean } | null;
  again(): void;
}

/** Milliseconds without a change after which the proposal is written anew. */
const pause = 700;

/** The proposal of the open estimate, written anew by the server after each change; or of a frozen version. */
export function useProposal(versionId: string | null): Proposal {
  const { provider, documentId } = useEstimate();
  const online = useOnline();
  const queryClient = useQueryClient();
  const [shown, setShown] = useState<Shown | null>(null);
  const [busy, setBusy] = useState(true);
  const [problem, setProblem] = useState<Proposal['problem']>(null);
  const [round, setRound] = useState(0);
  const latest = useRef<Shown | null>(null);
  const again = useCallback(() => setRound((now) => now + 1), []);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const soon = () => {
      clearTimeout(timer);
      timer = setTimeout(again, pause);
    };
    if (versionId === null) provider.doc.on('update', soon);
    // The company's head belongs to it too.
    const unsubscribe = queryClient.getQueryCache().subscribe(({ type, query }) => {
      if (type === 'updated' && query.queryKey[0] === companyProfileQuery.queryKey[0]) soon();
    });
    return () => {
      clearTimeout(timer);
      provider.doc.off('update', soon);
      unsubscribe();
    };
  }, [provider, versionId, queryClient, again]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: each round asks again
  useEffect(() => {
    const leaving = new AbortController();
    const { signal } = leaving;
    if (!online) {
      setBusy(false);
      setProblem({ words: 'Proposals are written by the server, which cannot be reached.', offline: true });
      return;
    }
    setBusy(true);
    const write = async () => {
      const file = await fetchProposal(provider, documentId, versionId, signal);
      if (signal.aborted || file.etag === latest.current?.file.etag) return;
      const pages = await readPages(file.bytes);
      if (signal.aborted) return pages.close();
      latest.current = { file, pages };
      setShown(latest.current);
    };
    write()
      .then(() => signal.aborted || setProblem(null))
      .catch((error: unknown) => {
        if (signal.aborted) return;
        const offline = error instanceof ApiError && error.code === 'offline';
        setProblem({ words: wordsOf(error), offline });
      })
      .finally(() => signal.aborted || setBusy(false));
    return () => leaving.abort();
  }, [provider, documentId, versionId, online, round]);

  // After the pages have left the screen.
  useEffect(() => () => shown?.pages.close(), [shown]);

  return { shown, busy, problem, again };
}

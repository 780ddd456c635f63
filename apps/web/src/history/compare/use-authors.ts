import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useStatusPart } from '@tidemark/client/react';
import { useEffect, useMemo } from 'react';
import { changesQuery, headQuery, type MomentRef } from '../../api/history.ts';
import { isLive, isShutOut } from '../../editor/rights.ts';
import { useLive } from '../live.ts';
import type { Side } from '../side.ts';
import { type AuthorIndex, authorIndex } from './authors.ts';
import { isLater } from './order.ts';
import { useKnownMoments } from './use-known-moments.ts';

export interface Authors {
  /** Null until the server has said. Of an earlier now, while that of this one is on its way. */
  readonly index: AuthorIndex | null;
  /** `shut`: the server has nothing to do with this person, or this document, any more. */
  readonly is: 'known' | 'loading' | 'offline' | 'shut' | 'failed';
  /** The first side is the later one: people made the opposite of what the list says. */
  readonly reversed: boolean;
  again(): void;
}

/** Milliseconds of rest after which the server is asked who brought about what is new. */
const rest = 1_200;

/** Who changed what between two sides of this document, as far as the server can be reached. */
export function useAuthors(before: Side, after: Side): Authors {
  const { documentId, provider } = useLive();
  const queryClient = useQueryClient();
  const online = useStatusPart(provider, isLive);
  const shut = useStatusPart(provider, isShutOut);
  const own = before.documentId === documentId && after.documentId === documentId;
  const hasNow = before.at === null || after.at === null;
  const head = useHead(own && hasNow && online);
  const reversed = isLater(before, after, useKnownMoments());
  const [from, to] = (reversed ? [after, before] : [before, after]).map(({ at }): MomentRef | null =>
    at === null ? (head.lsn === null ? null : { lsn: head.lsn }) : at,
  ) as [MomentRef | null, MomentRef | null];
  const asked = own && from !== null && to !== null && !isOne(from, to);
  const { data, error, refetch } = useQuery({
    ...changesQuery(documentId, from ?? { lsn: 0 }, to ?? { lsn: 0 }),
    enabled: asked && online,
    placeholderData: keepPreviousData,
  });
  const index = useMemo(() => (data === undefined ? null : authorIndex(data)), [data]);
  const failed = error !== null || head.error !== null;
  return {
    index: own ? index : null,
    is: shut ? 'shut' : !online ? 'offline' : failed ? 'failed' : index !== null ? 'known' : 'loading',
    reversed,
    again: () =>
      void (head.error
        ? queryClient.invalidateQueries({ queryKey: headQuery(documentId).queryKey })
        : refetch()),
  };
}

const isOne = (one: MomentRef, other: MomentRef) => JSON.stringify(one) === JSON.stringify(other);

/** The last LSN that is stored, asked again when people have rested; null until it is known. */
function useHead(asked: boolean): { readonly lsn: number | null; readonly error: Error | null } {
  const { documentId, provider } = useLive();
  const queryClient = useQueryClient();
  const { data, error } = useQuery({ ...headQuery(documentId), enabled: asked });
  const { doc } = provider;
  useEffect(() => {
    if (!asked) return;
    let later: number | undefined;
    const hear = () => {
      window.clearTimeout(later);
      later = window.setTimeout(
        () => void queryClient.invalidateQueries({ queryKey: headQuery(documentId).queryKey }),
        rest,
      );
    };
    doc.on('update', hear);
    return () => {
      doc.off('update', hear);
      window.clearTimeout(later);
    };
  }, [doc, asked, documentId, queryClient]);
  return { lsn: data ?? null, error };
}

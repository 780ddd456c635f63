import { Button } from '@mantine/core';
import { IconAlertTriangle, IconHistory } from '@tabler/icons-react';
import { EmptyState, ListSkeleton } from '@tidemark/ui';
import { useMemo } from 'react';
import { wordsOf } from '../../api/http.ts';
import type { Version } from '../../api/versions.ts';
import { useAdmitted } from '../../editor/rights.ts';
import { useEstimation, useView } from '../context.ts';
import { useFormat } from '../format.ts';
import { Family } from './family.tsx';
import { StatusActions } from './status-actions.tsx';
import { StatusHistory } from './status-history.tsx';
import { useFamily, useVersions } from './use-versions.ts';
import { VersionRow } from './version-row.tsx';
import { moneyStep } from './version-words.ts';
import css from './versions.module.css';

/** Where the estimate stands, what was kept of it, and what it came from. */
export function VersionsPanel() {
  return (
    <div className={css.panel}>
      <StatusActions />
      <Versions />
      <Family />
      <StatusHistory />
    </div>
  );
}

function Versions() {
  const pages = useVersions();
  const admitted = useAdmitted();
  const known = useKnownVersions();
  const items = pages.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section aria-labelledby="versions-title" className={css.part}>
      <h3 id="versions-title" className={css.title}>
        Versions
      </h3>
      {pages.isPending && admitted && <ListSkeleton rows={3} />}
      {!admitted && (
        <p className={css.note} role="status">
          {items.length === 0
            ? 'You are offline. Versions are on the server; they show when it can be reached.'
            : 'You are offline. The list may be out of date.'}
        </p>
      )}
      {pages.isError && items.length === 0 && (
        <EmptyState
          size="tile"
          level={3}
          title="The versions could not be listed"
          icon={<IconAlertTriangle size={22} stroke={1.6} />}
          actions={
            <Button
              size="compact-sm"
              variant="default"
              loading={pages.isFetching}
              onClick={() => void pages.refetch()}
            >
              Try again
            </Button>
          }
        >
          {wordsOf(pages.error)}
        </EmptyState>
      )}
      {pages.isSuccess && items.length === 0 && (
        <EmptyState
          size="tile"
          level={3}
          title="No versions yet"
          icon={<IconHistory size={22} stroke={1.6} />}
        >
          Submitting keeps one for good. You can also name what stands here now.
        </EmptyState>
      )}
      {items.length > 0 && (
        <ol className={css.list} aria-label="Versions, the newest first">
          <Now newest={items[0] ?? null} />
          {items.map((version) => (
            <VersionRow
              key={version.id}
              version={version}
              before={version.parent === null ? null : (known.get(version.parent.id) ?? null)}
            />
          ))}
        </ol>
      )}
      {pages.hasNextPage && (
        <Button
          variant="default"
          size="compact-sm"
          loading={pages.isFetchingNextPage}
          onClick={() => void pages.fetchNextPage()}
        >
          Show more
        </Button>
      )}
    </section>
  );
}

/** Those of this document and of its relatives by id, so that each can be held against the one before it. */
function useKnownVersions(): ReadonlyMap<string, Version> {
  const { data: own } = useVersions();
  const { data: family } = useFamily();
  return useMemo(() => {
    const all = [
      ...(family ?? []).flatMap(({ versions }) => versions),
      ...(own?.pages ?? []).flatMap(({ items }) => items),
    ];
    return new Map(all.map((version) => [version.id, version]));
  }, [own, family]);
}

/** What the document says at this moment, against the newest that was kept of it. */
function Now({ newest }: { newest: Version | null }) {
  const { bid } = useEstimation();
  const format = useFormat();
  const schema = useView((view) => view.meta.schemaVersion);
  const totals = newest?.totals;
  if (!newest || !totals || schema === 0) return null;
  const step = totals.currency === format.currency ? moneyStep(bid - totals.bid, format.currency) : null;
  return (
    <li className={css.now}>
      <span className={css.name}>Now</span>
      <span className={css.bid}>{format.money(bid)}</span>
      <span className={css.about}>{step && <Change step={step} since={newest.number} />}</span>
    </li>
  );
}

function Change({ step, since }: { step: ReturnType<typeof moneyStep>; since: number }) {
  return (
    <span className={css.step} data-way={step.way}>
      {step.way === 'same' ? `The bid of #${since}` : `${step.text} since #${since}`}
    </span>
  );
}

import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconRefresh } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Avatar, ConfirmDialog, SidePanel } from '@tidemark/ui';
import { useState } from 'react';
import { wordsOf } from '../api/http.ts';
import { type Overview, overviewQuery, reopenDocument } from '../api/operator.ts';
import { colourOf } from '../shell/colour.ts';
import { countOf, sizeOf, spanOf } from '../shell/sizes.ts';
import { timeAgo } from '../shell/time.ts';
import type { LiveDocument } from './live-documents.ts';
import css from './room-panel.module.css';

interface Props {
  live: LiveDocument;
  overview: Overview;
  onClose: () => void;
}

/** One live document: its log, its rooms, and who is in them. */
export function RoomPanel({ live, overview, onClose }: Props) {
  const { document } = live;
  const title = document?.title || 'Untitled';
  const [asking, setAsking] = useState(false);
  const queryClient = useQueryClient();
  const reopen = useMutation({
    mutationFn: () => reopenDocument(live.id),
    onSuccess: () => {
      notifications.show({ message: `${title} is loaded anew; its people come back by themselves.` });
      void queryClient.invalidateQueries({ queryKey: overviewQuery.queryKey });
    },
    onError: (error) => notifications.show({ color: 'red', message: wordsOf(error) }),
    onSettled: () => setAsking(false),
  });
  const people = new Map(overview.people.map((person) => [person.id, person]));
  const pids = new Map(live.rooms.map(({ processId, pid }) => [processId, pid]));
  return (
    <SidePanel title={title} opened onClose={onClose}>
      <div className={css.body}>
        <dl className={css.facts}>
          <dt>Company</dt>
          <dd>{document?.company ?? '–'}</dd>
          <dt>Log</dt>
          <dd>
            {countOf(document?.head ?? 0, 'entry', 'entries')}, {sizeOf(document?.logBytes ?? 0)}
          </dd>
          <dt>Checkpoint</dt>
          <dd>
            {document?.checkpoint
              ? `at ${document.checkpoint.lsn.toLocaleString('en')}, ${sizeOf(document.checkpoint.bytes)}, ${timeAgo(document.checkpoint.at)}`
              : 'none yet'}
          </dd>
          <dt>Epoch</dt>
          <dd>{document?.epoch ?? live.rooms[0]?.room.epoch}</dd>
          <dt>Waiting</dt>
          <dd>{live.pendingBytes === 0 ? 'nothing' : `${sizeOf(live.pendingBytes)} for missing updates`}</dd>
          <dt>Id</dt>
          <dd className={css.id}>{live.id}</dd>
        </dl>
        <h3 className={css.heading}>{countOf(live.sessions.length, 'connection')}</h3>
        {live.sessions.length === 0 && <p className={css.words}>Everybody has left; the room closes soon.</p>}
        <ul className={css.list} aria-label="Connections">
          {live.sessions.map((session, n) => {
            const person = people.get(session.userId);
            const name = person?.name ?? 'Somebody';
            return (
              // Two connections of one person differ in nothing else that stays.
              // biome-ignore lint/suspicious/noArrayIndexKey: the order of sessions is the order of joining
              <li key={`${session.processId} ${session.since} ${n}`} className={css.session}>
                <Avatar person={{ id: session.userId, name, colour: colourOf(session.userId) }} size={28} />
                <span className={css.who}>
                  <span className={css.name}>{name}</span>
                  <span className={css.sub}>
                    {session.access === 'edit' ? 'edits' : 'reads'} · {spanOf(Date.now() - session.since)} ·
                    process {pids.get(session.processId)}
                  </span>
                </span>
                {(session.stale || session.bufferedBytes > 0) && (
                  <span className={css.buffered} data-stale={session.stale || undefined}>
                    {session.stale ? 'slow, ' : ''}
                    {sizeOf(session.bufferedBytes)} to send
                  </span>
                )}
              </li>
            );
          })}
        </ul>
        <Button
          variant="default"
          fullWidth
          leftSection={<IconRefresh size={16} stroke={1.8} />}
          onClick={() => setAsking(true)}
        >
          Load anew
        </Button>
      </div>
      <ConfirmDialog
        opened={asking}
        title={`Load ${title} anew?`}
        confirm="Load anew"
        busy={reopen.isPending}
        onConfirm={() => reopen.mutate()}
        onClose={() => setAsking(false)}
      >
        What is unsaved is stored first. Its people lose the connection for a moment and come back by
        themselves; nothing of their work is lost.
      </ConfirmDialog>
    </SidePanel>
  );
}

import { Button, Menu } from '@mantine/core';
import { IconDots, IconTrashX } from '@tabler/icons-react';
import { IconButton } from '@tidemark/ui';
import { useState } from 'react';
import type { DocumentSummary } from '../api/types.ts';
import { untitled } from '../shell/kind-words.ts';
import { timeAgo, timeInFull, timeUntil } from '../shell/time.ts';
import css from './document-list.module.css';
import { PurgeDialog } from './purge-dialog.tsx';
import { Thumbnail } from './thumbnail.tsx';
import type { DocumentActions } from './use-document-actions.ts';

interface Props {
  item: DocumentSummary;
  mayEdit: boolean;
  mayPurge: boolean;
  online: boolean;
  actions: DocumentActions;
}

export function BinRow({ item, mayEdit, mayPurge, online, actions }: Props) {
  const [asking, setAsking] = useState(false);
  const title = item.title || untitled(item.kind);
  const since = item.deletedAt ?? item.updatedAt;
  return (
    <li className={css.row} data-binned>
      <Thumbnail item={item} title={title} />
      <div className={css.text}>
        <span className={css.title} title={title}>
          {title}
        </span>
        <span className={css.times}>
          <span className={css.when} title={timeInFull(since)}>
            {timeAgo(since)}
          </span>
          {item.purgeAt && (
            <span className={css.when} data-until title={timeInFull(item.purgeAt)}>
              <span className={css.phone}>Deleted </span>
              {timeUntil(item.purgeAt)}
            </span>
          )}
        </span>
      </div>
      <span className={css.restore}>
        {mayEdit && (
          <Button
            variant="default"
            size="compact-sm"
            aria-label={`Restore ${title}`}
            disabled={!online}
            loading={actions.restore.isPending && actions.restore.variables === item.id}
            onClick={() => actions.restore.mutate(item.id)}
          >
            Restore
          </Button>
        )}
      </span>
      <span className={css.actions}>
        {mayPurge && (
          <Menu position="bottom-end" width={210} returnFocus={!asking}>
            <Menu.Target>
              <IconButton label={`Actions for ${title}`} hint="Actions" disabled={!online}>
                <IconDots size={18} stroke={1.7} />
              </IconButton>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item
                data-danger
                leftSection={<IconTrashX size={16} stroke={1.7} />}
                onClick={() => setAsking(true)}
              >
                Delete for good…
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        )}
      </span>
      <PurgeDialog
        opened={asking}
        what={{ title }}
        busy={actions.purge.isPending}
        onConfirm={() => actions.purge.mutate(item.id, { onSettled: () => setAsking(false) })}
        onClose={() => setAsking(false)}
      />
    </li>
  );
}

import { Button } from '@mantine/core';
import type { DocumentSummary } from '../api/types.ts';
import { untitled } from '../shell/kind-words.ts';
import { timeAgo, timeInFull } from '../shell/time.ts';
import css from './document-list.module.css';
import { Thumbnail } from './thumbnail.tsx';
import type { DocumentActions } from './use-document-actions.ts';

interface Props {
  item: DocumentSummary;
  mayEdit: boolean;
  actions: DocumentActions;
}

export function BinRow({ item, mayEdit, actions }: Props) {
  const title = item.title || untitled(item.kind);
  const since = item.deletedAt ?? item.updatedAt;
  return (
    <li className={css.row} data-binned>
      <Thumbnail item={item} title={title} />
      <div className={css.text}>
        <span className={css.title} title={title}>
          {title}
        </span>
        <span className={css.when} title={timeInFull(since)}>
          {timeAgo(since)}
        </span>
      </div>
      {mayEdit && (
        <Button
          variant="default"
          size="compact-sm"
          aria-label={`Restore ${title}`}
          loading={actions.restore.isPending && actions.restore.variables === item.id}
          onClick={() => actions.restore.mutate(item.id)}
        >
          Restore
        </Button>
      )}
    </li>
  );
}

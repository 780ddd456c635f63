import { ActionIcon, Tooltip, VisuallyHidden } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconDownload, IconShieldCheck, IconTrash } from '@tabler/icons-react';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { Card, EmptyState, IconButton, Table } from '@tidemark/ui';
import { wordsOf } from '../api/http.ts';
import { quarantinedContent, quarantineQuery, removeQuarantined } from '../api/operator.ts';
import { ListState, MoreButton } from '../shell/list-state.tsx';
import { sizeOf } from '../shell/sizes.ts';
import { timeAgo, timeInFull } from '../shell/time.ts';
import css from './table.module.css';

/** What was refused and kept, newest first. */
export function QuarantineList() {
  const pages = useInfiniteQuery(quarantineQuery);
  const queryClient = useQueryClient();
  const remove = useMutation({
    mutationFn: removeQuarantined,
    onError: (error) => notifications.show({ color: 'red', message: wordsOf(error) }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: quarantineQuery.queryKey }),
  });
  const items = pages.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <ListState
      query={pages}
      label="Quarantine"
      failed="The quarantine could not be loaded"
      nothing={
        items.length === 0 && (
          <EmptyState title="Nothing was set aside" icon={<IconShieldCheck size={26} stroke={1.6} />}>
            Updates that cannot be read, and documents whose log cannot be applied, are kept here for you.
          </EmptyState>
        )
      }
    >
      <Card as="section" aria-label="Quarantine">
        <Table>
          <thead>
            <tr>
              <th scope="col">Document</th>
              <th scope="col" data-wide>
                Why
              </th>
              <th scope="col" data-number data-wide>
                Size
              </th>
              <th scope="col" data-number>
                When
              </th>
              <th scope="col">
                <VisuallyHidden>Actions</VisuallyHidden>
              </th>
            </tr>
          </thead>
          <tbody>
            {items.map((item) => (
              <tr key={item.id}>
                <th scope="row">
                  <span className={css.name}>{item.title || 'Untitled'}</span>
                  <span data-sub>{item.company}</span>
                  <span data-narrow>{item.code}</span>
                </th>
                <td data-wide className={css.why}>
                  <span className={css.code}>{item.code}</span> {item.detail}
                </td>
                <td data-number data-wide>
                  {item.userId === null ? '–' : sizeOf(item.size)}
                </td>
                <td data-number title={timeInFull(item.keptAt)}>
                  {timeAgo(item.keptAt)}
                </td>
                <td className={css.actions}>
                  {item.kept && item.userId !== null && (
                    <Tooltip label="Download">
                      <ActionIcon
                        component="a"
                        href={quarantinedContent(item.id)}
                        download
                        aria-label={`Download what was refused in ${item.title || 'Untitled'}`}
                      >
                        <IconDownload size={17} stroke={1.7} />
                      </ActionIcon>
                    </Tooltip>
                  )}
                  <IconButton
                    label={`Remove this item of ${item.title || 'Untitled'}`}
                    hint="Remove"
                    loading={remove.isPending && remove.variables === item.id}
                    onClick={() => remove.mutate(item.id)}
                  >
                    <IconTrash size={17} stroke={1.7} />
                  </IconButton>
                </td>
              </tr>
            ))}
          </tbody>
        </Table>
      </Card>
      <MoreButton pages={pages} />
    </ListState>
  );
}

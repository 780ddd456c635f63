import { IconMoon } from '@tabler/icons-react';
import { Card, EmptyState, Table } from '@tidemark/ui';
import { sizeOf, spanOf } from '../shell/sizes.ts';
import type { LiveDocument } from './live-documents.ts';
import css from './table.module.css';

interface Props {
  live: readonly LiveDocument[];
  /** The document in the panel. */
  shown: string | null;
  onShow: (id: string) => void;
}

/** Every document that is open somewhere, in trouble or crowded first. */
export function LiveTable({ live, shown, onShow }: Props) {
  if (live.length === 0) {
    return (
      <Card as="section" aria-label="Live documents">
        <EmptyState title="Nobody has a document open" icon={<IconMoon size={26} stroke={1.6} />}>
          Documents appear here while somebody has them open, and for half a minute after.
        </EmptyState>
      </Card>
    );
  }
  return (
    <Card as="section" aria-label="Live documents">
      <Table>
        <thead>
          <tr>
            <th scope="col">Document</th>
            <th scope="col" data-number>
              Connections
            </th>
            <th scope="col" data-number>
              Unsaved
            </th>
            <th scope="col" data-number data-wide title="Content that waits for updates that never came">
              Waiting
            </th>
            <th scope="col" data-number data-wide>
              Size
            </th>
            <th scope="col" data-number data-wide title="Log entries after the last checkpoint">
              Log tail
            </th>
            <th scope="col" data-number data-wide>
              Processes
            </th>
          </tr>
        </thead>
        <tbody>
          {live.map((one) => (
            <tr key={one.id} data-chosen={one.id === shown || undefined} data-link>
              <th scope="row">
                <button type="button" data-opens onClick={() => onShow(one.id)}>
                  {one.document?.title || 'Untitled'}
                </button>
                <span data-sub>{one.document?.company ?? 'gone'}</span>
              </th>
              <td data-number>{one.sessions.length}</td>
              <td data-number className={css.figure} data-tone={one.failing ? 'bad' : undefined}>
                {one.unsavedBytes === 0 ? '–' : sizeOf(one.unsavedBytes)}
                {one.dirtySince !== null &&
                  one.unsavedBytes > 0 &&
                  ` for ${spanOf(Date.now() - one.dirtySince)}`}
              </td>
              <td
                data-number
                data-wide
                className={css.figure}
                data-tone={one.pendingBytes > 0 ? 'warn' : undefined}
              >
                {one.pendingBytes === 0 ? '–' : sizeOf(one.pendingBytes)}
              </td>
              <td data-number data-wide>
                {sizeOf(one.stateBytes)}
              </td>
              <td data-number data-wide>
                {one.tailEntries.toLocaleString('en')}
              </td>
              <td data-number data-wide>
                {one.rooms.length}
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
    </Card>
  );
}

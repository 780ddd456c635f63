import { Table } from '@tidemark/ui';
import type { ServerProcess } from '../api/operator.ts';
import { sizeOf, spanOf } from '../shell/sizes.ts';
import { timeInFull } from '../shell/time.ts';
import css from './table.module.css';

/** One row per server process. */
export function ProcessTable({ processes }: { processes: readonly ServerProcess[] }) {
  return (
    <Table>
      <thead>
        <tr>
          <th scope="col">Process</th>
          <th scope="col" data-number>
            Up
          </th>
          <th scope="col" data-number>
            Rooms
          </th>
          <th scope="col" data-number>
            Connections
          </th>
          <th scope="col" data-number data-wide>
            Unsaved
          </th>
          <th scope="col" data-number data-wide>
            To send
          </th>
          <th scope="col" data-number data-wide>
            Memory
          </th>
          <th scope="col" data-number data-wide title="The longest time the event loop was held up">
            Held up
          </th>
        </tr>
      </thead>
      <tbody>
        {processes.map(({ id, here, answered, startedAt, heardAt, report }) => (
          <tr key={id}>
            <th scope="row">
              <span className={css.name}>
                <span>{report.pid}</span>
                {here && <span className={css.tag}>answers you</span>}
                {!answered && (
                  <span className={css.tag} data-tone="warn">
                    silent for {spanOf(Date.now() - Date.parse(heardAt))}
                  </span>
                )}
              </span>
              <span data-sub>version {report.version}</span>
            </th>
            <td data-number title={`Started ${timeInFull(startedAt)}`}>
              {spanOf(Date.now() - Date.parse(startedAt))}
            </td>
            <td data-number>{report.stats.rooms}</td>
            <td data-number>{report.stats.sessions}</td>
            <td
              data-number
              data-wide
              className={css.figure}
              data-tone={(report.stats.dirtyMs ?? 0) > 5_000 ? 'bad' : undefined}
            >
              {(report.stats.backlogBytes ?? 0) === 0 ? '–' : sizeOf(report.stats.backlogBytes ?? 0)}
              {(report.stats.dirtyMs ?? 0) > 1_000 && ` for ${spanOf(report.stats.dirtyMs ?? 0)}`}
            </td>
            <td data-number data-wide>
              {(report.stats.outboundBytes ?? 0) === 0 ? '–' : sizeOf(report.stats.outboundBytes ?? 0)}
            </td>
            <td data-number data-wide>
              {sizeOf(report.memoryBytes)}
            </td>
            <td
              data-number
              data-wide
              className={css.figure}
              data-tone={report.loopDelayMs > 200 ? 'warn' : undefined}
            >
              {spanOf(report.loopDelayMs)}
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

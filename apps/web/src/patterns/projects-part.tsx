import { SegmentedControl } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { formatMoney } from '@tidemark/estimating';
import { Card, Table } from '@tidemark/ui';
import { useCallback, useMemo } from 'react';
import { type PastProject, type Patterns, projectsQuery } from '../api/patterns.ts';
import { ListState, MoreButton, NothingFound } from '../shell/list-state.tsx';
import { timeInFull } from '../shell/time.ts';
import { ChartCard } from './chart-card.tsx';
import chartCss from './charts.module.css';
import { costOption, costsShown, type Look } from './charts.ts';
import pageCss from './past-page.module.css';
import css from './past-table.module.css';
import { costsInWords, couldNotLoad, signedMoney, signedPercent } from './past-words.ts';
import { filterOf, type PastSearch } from './search.ts';

interface Props {
  patterns: Patterns;
  search: PastSearch;
  onChange: (search: PastSearch) => void;
  onClear: () => void;
}

/** What was bid, what it was to cost, what it cost. */
export function ProjectsPart({ patterns: { costs, currency, total }, search, onChange, onClear }: Props) {
  const { status } = search;
  const pages = useInfiniteQuery(projectsQuery({ ...filterOf(search), status }));
  const projects = pages.data?.pages.flatMap((page) => page.items) ?? [];
  const shown = useMemo(() => costsShown(costs), [costs]);
  const money = currency ?? 'USD';
  const draw = useCallback((look: Look) => costOption(shown, money, look), [shown, money]);
  return (
    <>
      {shown.length > 0 && total && (
        <div className={chartCss.charts}>
          <ChartCard
            title="Actual cost against the estimate"
            about={`${signedMoney(total.variance, money)}${total.varianceBp === null ? '' : ` (${signedPercent(total.varianceBp)})`} over ${total.projects === 1 ? 'one project' : `${total.projects} projects`} with actual costs in ${money}`}
            words={costsInWords(shown)}
            height={210}
            draw={draw}
          />
        </div>
      )}
      <div className={pageCss.bar}>
        <SegmentedControl
          size="xs"
          aria-label="Which projects"
          value={status ?? 'all'}
          data={[
            { value: 'all', label: 'All' },
            { value: 'won', label: 'Won' },
            { value: 'lost', label: 'Lost' },
          ]}
          onChange={(to) => onChange({ ...search, status: to === 'won' || to === 'lost' ? to : undefined })}
        />
      </div>
      <ListState
        query={pages}
        failed={couldNotLoad}
        nothing={
          projects.length === 0 && <NothingFound what="No past project is like this." onClear={onClear} />
        }
      >
        <Card stale={pages.isPlaceholderData}>
          <ProjectsTable projects={projects} />
        </Card>
        <MoreButton pages={pages} />
      </ListState>
    </>
  );
}

function ProjectsTable({ projects }: { projects: readonly PastProject[] }) {
  return (
    <Table aria-label="Projects">
      <thead>
        <tr>
          <th scope="col">Project</th>
          <th scope="col" data-wide>
            Decided
          </th>
          <th scope="col" data-number data-wide>
            Bid
          </th>
          <th scope="col" data-number data-wide>
            Cost, estimated
          </th>
          <th scope="col" data-number>
            Actual
          </th>
          <th scope="col" data-number>
            Variance
          </th>
          <th scope="col" data-number data-wide>
            Days
          </th>
          <th scope="col" data-number data-wide>
            Risks struck
          </th>
        </tr>
      </thead>
      <tbody>
        {projects.map((project) => (
          <Row key={project.documentId} {...project} />
        ))}
      </tbody>
    </Table>
  );
}

const day = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short', year: 'numeric' });

function Row({ documentId, title, status, client, number, currency, ...project }: PastProject) {
  const { bid, cost, actual, variance, varianceBp, plannedDays, actualDays, risks, struck } = project;
  const amount = (money: number | null) => (money === null ? '' : formatMoney(money, currency));
  return (
    <tr data-link>
      <th scope="row">
        <Link to="/d/$documentId" params={{ documentId }} data-opens>
          {title}
        </Link>
        <span data-sub>{[client, number].filter(Boolean).join(' · ')}</span>
        <span data-narrow>
          {status === 'lost' ? 'Lost' : 'Won'} {day.format(Date.parse(project.decidedAt))}
          {bid === null ? '' : `, bid ${amount(bid)}`}
        </span>
      </th>
      <td data-wide>
        <time dateTime={project.decidedAt} title={timeInFull(project.decidedAt)}>
          {day.format(Date.parse(project.decidedAt))}
        </time>
        {status === 'lost' && <div className={css.lost}>Lost</div>}
      </td>
      <td data-number data-wide>
        {amount(bid)}
      </td>
      <td data-number data-wide>
        {amount(cost)}
      </td>
      <td data-number>{amount(actual)}</td>
      <td data-number>
        {variance !== null && (
          <span className={variance > 0 ? css.over : variance < 0 ? css.under : undefined}>
            {signedMoney(variance, currency)}
          </span>
        )}
        {varianceBp !== null && <span data-sub>{signedPercent(varianceBp)}</span>}
      </td>
      <td data-number data-wide>
        {plannedDays !== null || actualDays !== null ? `${plannedDays ?? '–'} → ${actualDays ?? '–'}` : ''}
      </td>
      <td data-number data-wide>
        {risks === 0 ? '' : `${struck} of ${risks}`}
      </td>
    </tr>
  );
}

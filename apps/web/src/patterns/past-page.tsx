import { Button } from '@mantine/core';
import { IconCloudOff, IconHistory } from '@tabler/icons-react';
import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Banner, Card, EmptyState } from '@tidemark/ui';
import { useState } from 'react';
import { type Patterns, patternsQuery } from '../api/patterns.ts';
import { meQuery } from '../api/session.ts';
import { PeopleDialog } from '../home/people-dialog.tsx';
import { SpaceNav } from '../home/space-nav.tsx';
import { ListState, NothingFound } from '../shell/list-state.tsx';
import { useOnline } from '../shell/online.ts';
import { Page, PageHead } from '../shell/page.tsx';
import { usePageTitle } from '../shell/page-title.ts';
import { countOf } from '../shell/sizes.ts';
import { LessonsPart } from './lessons-part.tsx';
import { PastFilters } from './past-filters.tsx';
import css from './past-page.module.css';
import { couldNotLoad } from './past-words.ts';
import { ProjectsPart } from './projects-part.tsx';
import { RiskPatterns } from './risk-patterns.tsx';
import { filterOf, isFiltered, type PastSearch } from './search.ts';

/** What the company's past projects say about risks and costs, and what was learned from them. */
export function PastPage() {
  const { data: me } = useSuspenseQuery(meQuery);
  const search = useSearch({ from: '/signed-in/past-projects' });
  const navigate = useNavigate({ from: '/past-projects' });
  const all = useQuery(patternsQuery({}));
  const online = useOnline();
  const [people, setPeople] = useState(false);
  usePageTitle('Past projects');
  const show = (next: PastSearch) => void navigate({ search: next, replace: true });

  return (
    <Page
      alarms={
        !online && (
          <Banner tone="warn" icon={<IconCloudOff size={16} stroke={1.8} />}>
            You are offline. What is shown may be out of date; anything else waits for the network.
          </Banner>
        )
      }
      nav={<SpaceNav me={me} space={null} part="documents" place="past" onPeople={() => setPeople(true)} />}
    >
      <PageHead title="Past projects" about={all.data && countsOf(all.data)} />
      {all.data !== undefined && all.data.won + all.data.lost === 0 ? (
        <NoProjects />
      ) : (
        <>
          <PastFilters search={search} all={all.data} onChange={show} />
          <Part search={search} onChange={show} onClear={() => show(search.tab ? { tab: search.tab } : {})} />
        </>
      )}
      {people && <PeopleDialog me={me} onClose={() => setPeople(false)} />}
    </Page>
  );
}

interface PartProps {
  search: PastSearch;
  onChange: (search: PastSearch) => void;
  onClear: () => void;
}

function Part({ search, onChange, onClear }: PartProps) {
  const { q, ...filter } = filterOf(search);
  // Among the lessons the words are looked for in what was written.
  const patterns = useQuery(patternsQuery(search.tab === 'lessons' ? filter : { q, ...filter }));
  if (search.tab === 'lessons') return <LessonsPart search={search} onChange={onChange} onClear={onClear} />;
  const { data } = patterns;
  const nothing = data !== undefined && data.won === 0 && (search.tab !== 'projects' || data.lost === 0) && (
    <NothingFound
      what={
        isFiltered(search)
          ? 'No project that was won is like this.'
          : 'No project was won yet; those that were lost are among the projects.'
      }
      onClear={onClear}
    />
  );
  return (
    <ListState query={patterns} failed={couldNotLoad} nothing={nothing}>
      {data &&
        (search.tab === 'projects' ? (
          <ProjectsPart patterns={data} search={search} onChange={onChange} onClear={onClear} />
        ) : (
          <RiskPatterns patterns={data} search={search} />
        ))}
    </ListState>
  );
}

function countsOf({ won, lost, read }: Patterns): string {
  if (won + lost === 0) return 'What was won and lost teaches what to bid next.';
  const share = `${countOf(won, 'project')} won, ${lost} lost`;
  return read < won ? `${share}; the risks and costs are those of the latest ${read}` : share;
}

function NoProjects() {
  return (
    <Card>
      <EmptyState
        title="No past projects yet"
        icon={<IconHistory size={26} stroke={1.6} />}
        actions={
          <Button component={Link} to="/" variant="default">
            Go to your estimates
          </Button>
        }
      >
        Win a bid, write down what happened, and the next estimate begins with it.
        <ol className={css.ways}>
          <li>Submit an estimate, then mark it as won or lost.</li>
          <li>In its Risks tab, say which risks struck, which were avoided, and what they cost.</li>
          <li>In its Actuals tab, book what was spent, and write down issues and lessons.</li>
        </ol>
      </EmptyState>
    </Card>
  );
}

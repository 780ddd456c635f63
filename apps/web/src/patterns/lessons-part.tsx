import { SegmentedControl } from '@mantine/core';
import { IconBulb } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Card, EmptyState } from '@tidemark/ui';
import { type ReactNode, useMemo } from 'react';
import { lessonsQuery, type PastLesson } from '../api/patterns.ts';
import { ListState, MoreButton, NothingFound } from '../shell/list-state.tsx';
import { timeAgo, timeInFull } from '../shell/time.ts';
import { marked } from './found-words.ts';
import css from './lessons.module.css';
import pageCss from './past-page.module.css';
import { couldNotLoad } from './past-words.ts';
import { filterOf, isFiltered, type PastSearch } from './search.ts';

interface Props {
  search: PastSearch;
  onChange: (search: PastSearch) => void;
  onClear: () => void;
}

/** What people wrote down for the next time. */
export function LessonsPart({ search, onChange, onClear }: Props) {
  const { kind, q = '' } = search;
  const pages = useInfiniteQuery(lessonsQuery({ ...filterOf(search), kind, currency: undefined }));
  const lessons = pages.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <div className={pageCss.bar}>
        <SegmentedControl
          size="xs"
          aria-label="Which kind"
          value={kind ?? 'all'}
          data={[
            { value: 'all', label: 'All' },
            { value: 'issue', label: 'Issues' },
            { value: 'lesson', label: 'Lessons' },
          ]}
          onChange={(to) => onChange({ ...search, kind: to === 'issue' || to === 'lesson' ? to : undefined })}
        />
      </div>
      <ListState
        query={pages}
        failed={couldNotLoad}
        nothing={
          lessons.length === 0 &&
          (isFiltered(search) || kind !== undefined ? (
            <NothingFound what="Nobody wrote down anything like this." onClear={onClear} />
          ) : (
            <EmptyState title="Nothing is written down yet" icon={<IconBulb size={26} stroke={1.6} />}>
              Issues and lessons stand in the Actuals tab of an estimate. What is written there is found here
              by whoever bids next.
            </EmptyState>
          ))
        }
      >
        <Card as="ul" aria-label="Issues and lessons" stale={pages.isPlaceholderData}>
          {lessons.map((lesson) => (
            <Lesson key={`${lesson.documentId} ${lesson.id}`} lesson={lesson} words={q} />
          ))}
        </Card>
        <MoreButton pages={pages} />
      </ListState>
    </>
  );
}

function Lesson({ lesson, words }: { lesson: PastLesson; words: string }) {
  const { documentId, title, client, decidedAt, status, kind, text, risk } = lesson;
  return (
    <li className={css.lesson}>
      <span className={css.kind} data-kind={kind}>
        {kind === 'issue' ? 'Issue' : 'Lesson'}
      </span>
      <div className={css.body}>
        <p className={css.text}>
          <Marked text={text} words={words} />
        </p>
        <p className={css.from}>
          <Link to="/d/$documentId" params={{ documentId }} className={css.project}>
            <Marked text={title} words={words} />
          </Link>
          {[
            client && <Marked key="client" text={client} words={words} />,
            risk && <Marked key="risk" text={risk.title || risk.category} words={words} />,
            <time key="time" dateTime={decidedAt} title={timeInFull(decidedAt)}>
              {status} {timeAgo(decidedAt)}
            </time>,
          ].filter(Boolean)}
        </p>
      </div>
    </li>
  );
}

function Marked({ text, words }: { text: string; words: string }): ReactNode {
  const parts = useMemo(() => marked(text, words), [text, words]);
  return <span>{parts.map(({ at, part, found }) => (found ? <mark key={at}>{part}</mark> : part))}</span>;
}

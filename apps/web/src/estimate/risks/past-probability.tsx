import { Button, Popover } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { type CategoryPattern, type Patterns, patternsQuery } from '../../api/patterns.ts';
import { useSession } from '../../editor/context.ts';
import { CasesList } from '../../patterns/cases-list.tsx';
import { percent, struckOf } from '../../patterns/past-words.ts';
import { useFormat } from '../format.ts';
import css from './past-probability.module.css';

interface Props {
  category: string;
  probBp: number;
  /** Null: it may not be taken over. */
  onTake: ((probBp: number) => void) | null;
  /** In a form there is room for the words. */
  inWords?: boolean;
}

/** What past projects suggest for a risk of this category, with the projects behind it; nothing while they say nothing. */
export function PastProbability({ category, probBp, onTake, inWords }: Props) {
  const pattern = usePattern(category);
  const [open, setOpen] = useState(false);
  if (!pattern?.suggestion) return null;
  const { suggestion } = pattern;
  const words = `Past projects suggest ${percent(suggestion.probBp)}`;
  // What is offered is what is taken: a whole per cent.
  const offered = Math.round(suggestion.probBp / 100) * 100;
  return (
    <Popover
      opened={open}
      onChange={setOpen}
      width={348}
      position="bottom-start"
      shadow="md"
      withinPortal
      trapFocus
      returnFocus
    >
      <Popover.Target>
        <button
          type="button"
          className={css.past}
          data-form={inWords || undefined}
          data-same={offered === probBp || undefined}
          aria-label={`${words}: ${struckOf(pattern)}`}
          title={`${words}: ${struckOf(pattern)}`}
          onClick={() => setOpen(!open)}
        >
          <IconHistory size={inWords ? 15 : 12} stroke={2} aria-hidden />
          {inWords ? `${words}, ${struckOf(pattern)}` : percent(suggestion.probBp)}
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label={words} className={css.dropdown}>
        <Behind pattern={pattern} suggested={offered} />
        <div className={css.foot}>
          <Link to="/past-projects" search={{ category: pattern.category }} className={css.all}>
            All past projects
          </Link>
          {onTake !== null && (
            <Button
              size="compact-sm"
              data-autofocus
              disabled={offered === probBp}
              onClick={() => {
                onTake(offered);
                setOpen(false);
              }}
            >
              Use {percent(offered)}
            </Button>
          )}
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}

function Behind({ pattern, suggested }: { pattern: CategoryPattern; suggested: number }) {
  const { documentId } = useSession();
  const format = useFormat();
  const { category, decided, projects, struck, interval, calibration, impact } = pattern;
  return (
    <>
      <p className={css.head}>
        {category} {struckOf(pattern)} in {projects === 1 ? 'one project' : `${projects} projects`}
      </p>
      <p className={css.words}>
        Suggested: ({struck} + 1) / ({decided} + 2) = {percent(suggested)}. The true rate lies between{' '}
        {percent(interval.low)} and {percent(interval.high)}, 19 times of 20.
        {calibration && ` Estimated was ${percent(calibration.estimatedBp)}.`}
        {impact &&
          ` It cost ${format.money(impact.mean)} on average where ${format.money(impact.estimatedMean)} was estimated.`}
      </p>
      <div className={css.cases}>
        <CasesList
          filter={{ category, decided: true, except: documentId }}
          label={`Past projects with ${category}`}
          narrow
        />
      </div>
    </>
  );
}

/** What the past says of a category, the estimate itself left out. Every row asks, and one answer is for all. */
function usePattern(category: string): CategoryPattern | null {
  const { documentId } = useSession();
  const { currency } = useFormat();
  const { data } = useQuery(patternsQuery({ currency, except: documentId }));
  return patternIn(data, category);
}

function patternIn(data: Patterns | undefined, category: string): CategoryPattern | null {
  const key = keyOf(category);
  if (key === '') return null;
  return data?.categories.find((pattern) => keyOf(pattern.category) === key) ?? null;
}

function keyOf(category: string): string {
  return category.trim().replaceAll(/\s+/gu, ' ').toLowerCase();
}

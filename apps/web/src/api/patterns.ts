import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { RiskPattern } from '@tidemark/estimating';
import { request } from './http.ts';

/** What past projects say. Money in ten-thousandths of the currency's unit, rates in basis points (docs/estimate.md). */

/** Where a number comes from. */
interface Source {
  documentId: string;
  title: string;
  /** When it was won or lost. */
  decidedAt: string;
}

interface Difference {
  cost: number;
  actual: number;
  variance: number;
  varianceBp: number | null;
}

export type CategoryPattern = Omit<RiskPattern, 'risks'>;
export type PastCost = Source & Difference;

export interface Patterns {
  /** Of the money. */
  currency: string | null;
  currencies: { currency: string; projects: number }[];
  won: number;
  lost: number;
  /** How many that were won are in it: the newest ones. */
  read: number;
  categories: CategoryPattern[];
  /** The newest first. */
  costs: PastCost[];
  total: (Difference & { projects: number }) | null;
}

export interface PastProject extends Source {
  status: 'won' | 'lost';
  client: string;
  number: string;
  currency: string;
  bid: number | null;
  cost: number | null;
  actual: number | null;
  variance: number | null;
  varianceBp: number | null;
  plannedDays: number | null;
  actualDays: number | null;
  risks: number;
  struck: number;
  lessons: number;
}

export interface PastRiskCase extends Source {
  id: string;
  name: string;
  category: string;
  currency: string;
  probBp: number;
  low: number;
  high: number;
  applied: boolean;
  outcome: 'open' | 'struck' | 'avoided';
  actualImpact: number | null;
}

export interface PastLesson extends Source {
  status: 'won' | 'lost';
  client: string;
  id: string;
  kind: 'issue' | 'lesson';
  text: string;
  risk: { title: string; category: string } | null;
}

/** What is left out is not filtered by. */
export interface PastFilter {
  q?: string | undefined;
  category?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
  currency?: string | undefined;
  /** An estimate to be left out. */
  except?: string | undefined;
}

interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

const address = '/api/estimates/patterns';
const key = ['past-projects'];
/** Others go on recording while this is looked at, but nobody waits for it. */
const fresh = 30_000;

function searchOf(fields: object): string {
  const known = Object.entries(fields).flatMap(([name, value]) =>
    value === undefined || value === '' ? [] : [[name, String(value)]],
  );
  return new URLSearchParams(known).toString();
}

export const patternsQuery = (filter: PastFilter) =>
  queryOptions({
    queryKey: [...key, 'patterns', filter],
    queryFn: ({ signal }) => request<Patterns>('GET', `${address}?${searchOf(filter)}`, undefined, signal),
    placeholderData: keepPreviousData,
    staleTime: fresh,
  });

function pagesOf<T>(part: string, filter: object, limit: number) {
  return infiniteQueryOptions({
    queryKey: [...key, part, filter, limit],
    queryFn: ({ pageParam, signal }) =>
      request<Page<T>>(
        'GET',
        `${address}/${part}?${searchOf({ ...filter, limit, cursor: pageParam })}`,
        undefined,
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
    staleTime: fresh,
  });
}

export const projectsQuery = (filter: PastFilter & { status?: PastProject['status'] | undefined }) =>
  pagesOf<PastProject>('projects', filter, 25);
export const casesQuery = (filter: PastFilter & { decided?: true }, limit = 10) =>
  pagesOf<PastRiskCase>('risks', filter, limit);
export const lessonsQuery = (filter: PastFilter & { kind?: PastLesson['kind'] | undefined }) =>
  pagesOf<PastLesson>('lessons', filter, 20);

/** What the address of the page says is shown. What is left out is the default. */
export interface PastSearch {
  tab?: 'projects' | 'lessons' | undefined;
  q?: string | undefined;
  category?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
  currency?: string | undefined;
  /** Of the projects. */
  status?: 'won' | 'lost' | undefined;
  /** Of the lessons. */
  kind?: 'issue' | 'lesson' | undefined;
}

const tabs = ['projects', 'lessons'] as const;
const statuses = ['won', 'lost'] as const;
const kinds = ['issue', 'lesson'] as const;

export function readPastSearch(search: Record<string, unknown>): PastSearch {
  const text = (value: unknown) =>
    typeof value === 'string' && value !== '' ? value.slice(0, 200) : undefined;
  const day = (value: unknown) =>
    typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(value))
      ? value
      : undefined;
  const one = <T>(all: readonly T[], value: unknown) => all.find((each) => each === value);
  const currency = text(search.currency);
  const read: PastSearch = {
    tab: one(tabs, search.tab),
    q: text(search.q),
    category: text(search.category),
    from: day(search.from),
    to: day(search.to),
    currency: currency !== undefined && /^[A-Z]{3}$/.test(currency) ? currency : undefined,
    status: one(statuses, search.status),
    kind: one(kinds, search.kind),
  };
  return Object.fromEntries(Object.entries(read).filter(([, value]) => value !== undefined));
}

/** Whether less than everything is shown. */
export function isFiltered({ q, category, from, to }: PastSearch): boolean {
  return [q, category, from, to].some((value) => value !== undefined);
}

/** Without what belongs to one tab alone, and without what is not set. */
export function filterOf({ q, category, from, to, currency }: PastSearch): Partial<PastSearch> {
  const all = { q, category, from, to, currency };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

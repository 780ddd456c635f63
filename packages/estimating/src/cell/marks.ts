/** What stands between digits in a language. */
export interface Marks {
  readonly decimal: '.' | ',';
  /** More than one where money is grouped in another way than numbers, as in Austria. */
  readonly groups: readonly string[];
}

const known = new Map<string, Marks>();

/** Of a locale (BCP 47). */
export function marksOf(key: string): Marks {
  const before = known.get(key);
  if (before !== undefined) return before;
  const decimal = markOf(key, 'decimal', {}) === ',' ? ',' : '.';
  const groups = [markOf(key, 'group', {}), markOf(key, 'group', { style: 'currency', currency: 'USD' })];
  const marks: Marks = { decimal, groups };
  known.set(key, marks);
  return marks;
}

function markOf(locale: string, type: string, style: Intl.NumberFormatOptions): string {
  const format = new Intl.NumberFormat(locale, { ...style, numberingSystem: 'latn' });
  return format.formatToParts(1_234_567.8).find((part) => part.type === type)?.value ?? '';
}

import type { ColumnType, FilterOperator, FilterView } from '@tidemark/documents/dashboard';

export const operatorLabels: Readonly<Record<FilterOperator, string>> = {
  is: 'is',
  'is-not': 'is not',
  'one-of': 'is one of',
  contains: 'contains',
  between: 'is between',
  'at-least': 'is at least',
  'at-most': 'is at most',
  empty: 'is empty',
  'not-empty': 'is not empty',
};

/** A filter's condition as people read it. */
export function filterWords({ op, value }: Pick<FilterView, 'op' | 'value'>): string {
  const label = operatorLabels[op];
  if (op === 'empty' || op === 'not-empty') return label;
  if (Array.isArray(value)) {
    const parts = value.map((part) => (part === null || part === '' ? '…' : String(part)));
    if (op === 'between') return `${label} ${parts.join(' and ')}`;
    return parts.length > 3
      ? `${label} ${parts.slice(0, 3).join(', ')} +${parts.length - 3}`
      : `${label} ${parts.join(', ')}`;
  }
  return `${label} ${value === null || value === '' ? '…' : String(value)}`;
}

const ordered: readonly ColumnType[] = ['integer', 'decimal', 'currency', 'percent', 'date'];

/** Conditions that make sense for a column; the first is the usual one. */
export function operatorsFor(type: ColumnType): readonly FilterOperator[] {
  if (ordered.includes(type)) return ['between', 'at-least', 'at-most', 'is', 'is-not', 'empty', 'not-empty'];
  if (type === 'boolean') return ['is', 'is-not', 'empty', 'not-empty'];
  return ['one-of', 'is', 'is-not', 'contains', 'empty', 'not-empty'];
}

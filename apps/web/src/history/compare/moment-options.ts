import type { HistoryItem } from '../../api/history.ts';
import { momentWords } from '../moment-words.ts';
import { sideText } from '../side.ts';
import { versionTitle } from '../version-title.ts';

/** Something to choose, by its address. */
export interface MomentOption {
  readonly value: string;
  readonly label: string;
}

export interface MomentGroup {
  readonly group: string;
  readonly items: readonly MomentOption[];
}

type Reason = Extract<HistoryItem, { type: 'automatic' }>['reason'];

const reasons: Readonly<Record<Reason, string>> = {
  quiet: 'After work',
  nightly: 'At night',
  'before-restore': 'Before a restore',
  restored: 'After a restore',
  'before-import': 'Before an import',
  forked: 'Where a copy began',
};

/** The sides that a document's history offers: now, its versions, and moments around what people did. */
export function momentOptions(documentId: string, items: readonly HistoryItem[]): MomentGroup[] {
  const versions = items.flatMap((item): MomentOption[] =>
    item.type === 'version'
      ? [
          {
            value: sideText({ documentId, at: { versionId: item.version.id } }),
            label: versionTitle(item.version),
          },
        ]
      : [],
  );
  return [
    { group: 'Now', items: [{ value: documentId, label: 'Now' }] },
    { group: 'Versions', items: versions },
    ...pastMoments(documentId, items),
  ].filter(({ items: options }) => options.length > 0);
}

/** Moments that are no version: before somebody's work, and those that were kept by themselves; each once. */
export function pastMoments(documentId: string, items: readonly HistoryItem[]): MomentGroup[] {
  const at = (lsn: number) => sideText({ documentId, at: { lsn } });
  const seen = new Set<string>();
  const once = (options: readonly MomentOption[]) =>
    options.filter(({ value }) => !seen.has(value) && seen.add(value));
  const before = items.flatMap((item): MomentOption[] =>
    item.type === 'session' && item.detail
      ? [{ value: at(item.first - 1), label: `Before ${workOf(item.by.name)}, ${momentWords(item.from)}` }]
      : [],
  );
  const automatic = items.flatMap((item): MomentOption[] =>
    item.type === 'automatic'
      ? [{ value: at(item.lsn), label: `${reasons[item.reason]}, ${momentWords(item.at)}` }]
      : [],
  );
  return [
    { group: 'Before somebody’s work', items: once(before) },
    { group: 'Kept by itself', items: once(automatic) },
  ].filter(({ items: options }) => options.length > 0);
}

function workOf(name: string): string {
  return name === '' ? 'Tidemark’s work' : `${name}’s work`;
}

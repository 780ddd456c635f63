import { type ComboboxItem, type OptionsFilter, Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { documentsQuery } from '../../api/documents.ts';
import type { Version } from '../../api/versions.ts';
import { pastMoments } from '../../history/compare/moment-options.ts';
import { TimeDialog } from '../../history/compare/time-dialog.tsx';
import { useHistoryItems } from '../../history/compare/use-known-moments.ts';
import { readSide, type Side, sideText } from '../../history/side.ts';
import { versionTitle } from '../../history/version-title.ts';
import { untitled } from '../../shell/kind-words.ts';
import { useEstimate } from '../context.ts';
import { useFamily, useVersions } from '../versions/use-versions.ts';
import css from './compare.module.css';

interface Props {
  label: string;
  side: Side;
  /** What it is called, for when no list has it. */
  called: string;
  onChoose: (side: Side) => void;
}

const others = 'Other estimates';
const aTime = 'time';

/** Which state is compared: of this estimate, of its relatives, or of any other that is found by its title. */
export function SidePicker({ label, side, called, onChoose }: Props) {
  const { documentId } = useEstimate();
  const { data: versions } = useVersions();
  const { data: family = [] } = useFamily();
  const [words, setWords] = useState('');
  const [asked] = useDebouncedValue(words.trim(), 250);
  const found = useInfiniteQuery({
    ...documentsQuery({ space: null, part: 'documents', q: asked === called ? '' : asked }),
    refetchInterval: false,
  });
  const moments = useHistoryItems();
  const [asking, setAsking] = useState(false);
  const value = sideText(side);
  const groups = useMemo(() => {
    const seen = new Set<string>();
    const once = (options: ComboboxItem[]) =>
      options.filter((option) => !seen.has(option.value) && seen.add(option.value));
    const ofVersion = (version: Version, title = '') => ({
      value: sideText({ documentId: version.documentId, at: { versionId: version.id } }),
      label: title === '' ? versionTitle(version) : `${title} · ${versionTitle(version)}`,
    });
    const own = [
      { value: documentId, label: 'Now' },
      ...(versions?.pages ?? []).flatMap(({ items }) => items.map((version) => ofVersion(version))),
    ];
    const related = family.flatMap(({ id, title, versions: kept }) => {
      if (id === documentId) return [];
      const name = title || untitled('estimate');
      return [{ value: id, label: `${name} · Now` }, ...kept.map((version) => ofVersion(version, name))];
    });
    const rest = (found.data?.pages ?? [])
      .flatMap(({ items }) => items)
      .filter(({ kind, id }) => kind === 'estimate' && id !== documentId)
      .map(({ id, title }) => ({ value: id, label: `${title || untitled('estimate')} · Now` }));
    const lists = [
      { group: 'This estimate', items: once(own) },
      ...pastMoments(documentId, moments).map(({ group, items }) => ({ group, items: once([...items]) })),
      { group: 'Any moment', items: [{ value: aTime, label: 'At a time…' }] },
      { group: 'Related', items: once(related) },
      { group: others, items: once(rest) },
    ];
    if (!seen.has(value)) lists.push({ group: 'Chosen', items: [{ value, label: called }] });
    return lists.filter(({ items }) => items.length > 0);
  }, [documentId, versions, family, found.data, moments, value, called]);
  return (
    <>
      <Select
        label={label}
        data={groups}
        value={value}
        searchable
        allowDeselect={false}
        classNames={{ options: css.options, input: css.picked }}
        comboboxProps={{ withinPortal: false }}
        nothingFoundMessage="No estimate is called that"
        filter={keepFound}
        onSearchChange={setWords}
        onChange={(text) => {
          if (text === aTime) return setAsking(true);
          const chosen = readSide(text ?? '');
          if (chosen) onChoose(chosen);
        }}
      />
      <TimeDialog
        documentId={documentId}
        opened={asking}
        onClose={() => setAsking(false)}
        onMoment={(lsn) => onChoose({ documentId, at: { lsn } })}
      />
    </>
  );
}

/** The server has searched among the others, by more than their titles. */
const keepFound: OptionsFilter = ({ options, search }) => {
  const wanted = search.trim().toLowerCase();
  return options.flatMap((option) => {
    if (!('group' in option) || option.group === others) return [option];
    const items = option.items.filter(({ label }) => label.toLowerCase().includes(wanted));
    return items.length > 0 ? [{ ...option, items }] : [];
  });
};

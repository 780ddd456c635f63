import { Select } from '@mantine/core';
import { useMemo, useState } from 'react';
import { readSide, type Side, sideText } from '../side.ts';
import css from './compare.module.css';
import { momentOptions } from './moment-options.ts';
import { TimeDialog } from './time-dialog.tsx';
import { useHistoryItems } from './use-known-moments.ts';

interface Props {
  label: string;
  side: Side;
  /** What it is called, for when no list has it. */
  called: string;
  onChoose: (side: Side) => void;
}

const aTime = 'time';

/** Which moment of the document that is open is compared. */
export function MomentPicker({ label, side, called, onChoose }: Props) {
  const { documentId } = side;
  const items = useHistoryItems();
  const [asking, setAsking] = useState(false);
  const value = sideText(side);
  const groups = useMemo(() => {
    const known = momentOptions(documentId, items);
    const isKnown = known.some(({ items: options }) => options.some((option) => option.value === value));
    return [
      ...(isKnown ? [] : [{ group: 'Chosen', items: [{ value, label: called }] }]),
      ...known.map(({ group, items: options }) => ({ group, items: [...options] })),
      { group: 'Any moment', items: [{ value: aTime, label: 'At a time…' }] },
    ];
  }, [documentId, items, value, called]);
  return (
    <>
      <Select
        label={label}
        data={groups}
        value={value}
        searchable
        allowDeselect={false}
        classNames={{ options: css.options, input: css.picked }}
        comboboxProps={{ withinPortal: false, position: 'bottom-start', width: 'max-content' }}
        nothingFoundMessage="No moment is called that"
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

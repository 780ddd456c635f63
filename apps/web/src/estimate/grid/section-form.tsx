import { Button, TextInput } from '@mantine/core';
import { renameGroup } from '@tidemark/documents/estimate';
import { useState } from 'react';
import { useGrid } from './context.ts';
import css from './line-list.module.css';
import type { Row } from './sheet.ts';

interface Props {
  row: Extract<Row, { type: 'section' }>;
  mayChange: boolean;
  onDone: () => void;
}

/** The name of a section, on a phone. */
export function SectionForm({ row, mayChange, onDone }: Props) {
  const { editor } = useGrid();
  const { group } = row.section;
  const [name, setName] = useState(group?.name ?? '');
  if (group === null) return null;
  return (
    <form
      className={css.form}
      onSubmit={(event) => {
        event.preventDefault();
        renameGroup(editor, group.id, name.trim());
        onDone();
      }}
    >
      <TextInput
        label="Name"
        value={name}
        readOnly={!mayChange}
        data-autofocus
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Button type="submit" size="md" disabled={!mayChange}>
        Done
      </Button>
    </form>
  );
}

import { Autocomplete, Button, Select, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { addActual } from '@tidemark/documents/estimate';
import { type FormEvent, useMemo, useRef, useState } from 'react';
import { readMoney } from '../cells/cell-numbers.ts';
import { useEstimate, useView } from '../context.ts';
import css from './actuals.module.css';
import { AttachButton } from './attach-button.tsx';
import { today } from './costs.ts';
import { placeChoices, placeOf, wholeJob } from './places.ts';

/**
 * One line in which costs are booked one after another: Enter books, the amount is next again, and day, place and vendor stay for
 * the next one of the same pile.
 */
export function CostEntry() {
  const { editor, reader } = useEstimate();
  const sections = useView((view) => view.sections);
  const groups = useView((view) => view.groups);
  const lines = useView((view) => view.lines);
  const actuals = useView((view) => view.actuals);
  const choices = useMemo(() => placeChoices({ sections, groups, lines }), [sections, groups, lines]);
  const vendors = useMemo(() => vendorsOf(actuals.map(({ vendor }) => vendor)), [actuals]);
  const [date, setDate] = useState(today);
  const [amount, setAmount] = useState('');
  const [place, setPlace] = useState(wholeJob);
  const [vendor, setVendor] = useState('');
  const [note, setNote] = useState('');
  const [fileId, setFileId] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const field = useRef<HTMLInputElement>(null);
  const there = place === wholeJob || choices.some(({ items }) => items.some(({ value }) => value === place));
  const book = (event: FormEvent) => {
    event.preventDefault();
    const { currency } = reader.view().meta;
    const read = amount.trim() === '' ? { problem: 'How much was it?' } : readMoney(amount, currency);
    field.current?.focus();
    if ('problem' in read) return setProblem(read.problem);
    const where = placeOf(there ? place : wholeJob, reader.view());
    addActual(editor, {
      ...where,
      date,
      amount: read.value,
      vendor: vendor.trim(),
      note: note.trim(),
      fileId,
    });
    setAmount('');
    setNote('');
    setFileId(null);
    setProblem(null);
  };
  return (
    <form className={css.entry} aria-label="Book a cost" onSubmit={book} noValidate>
      <TextInput
        label="Date"
        type="date"
        value={date}
        onChange={(event) => setDate(event.currentTarget.value)}
      />
      <TextInput
        ref={field}
        label="Amount"
        value={amount}
        error={problem}
        autoComplete="off"
        maxLength={200}
        placeholder="0.00"
        classNames={{ input: css.number }}
        onChange={(event) => {
          setProblem(null);
          setAmount(event.currentTarget.value);
        }}
      />
      <Select
        label="For"
        searchable
        allowDeselect={false}
        limit={80}
        maxDropdownHeight={320}
        nothingFoundMessage="No such line or section"
        data={choices.map(({ group, items }) => ({ group, items: [...items] }))}
        value={there ? place : wholeJob}
        onChange={(value) => setPlace(value ?? wholeJob)}
      />
      <Autocomplete
        label="Vendor"
        openOnFocus={false}
        limit={8}
        maxLength={500}
        data={[...vendors]}
        value={vendor}
        onChange={setVendor}
      />
      <TextInput
        label="Note"
        className={css.wide}
        value={note}
        autoComplete="off"
        maxLength={10_000}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <AttachButton fileId={fileId} of="the new cost" onChange={setFileId} size={34} />
      <Button type="submit" leftSection={<IconPlus size={16} stroke={2} />}>
        Book
      </Button>
    </form>
  );
}

function vendorsOf(vendors: readonly string[]): readonly string[] {
  return [...new Set(vendors.filter((vendor) => vendor !== ''))].sort((a, b) => a.localeCompare(b));
}

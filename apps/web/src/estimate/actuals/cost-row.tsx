import { Select } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { type ActualPatch, type ActualView, removeActual, setActual } from '@tidemark/documents/estimate';
import { IconButton } from '@tidemark/ui';
import { useState } from 'react';
import { useEditor } from '../../editor/context.ts';
import { useMayEdit } from '../../editor/rights.ts';
import { problemBy, readMoney } from '../cells/cell-numbers.ts';
import { TextCell } from '../cells/text-cell.tsx';
import { useEstimate, useView } from '../context.ts';
import { useFormat } from '../format.ts';
import { ChangeTag } from '../grid/change-mark.tsx';
import fate from '../past/fate.module.css';
import type { Then } from '../past/then.ts';
import { Was } from '../past/was.tsx';
import { AttachButton } from './attach-button.tsx';
import { placeChoices, placeKey, placeName, placeOf } from './places.ts';
import table from './table.module.css';

interface Props {
  actual: ActualView;
  /** Whether it was booked at the moment with which this one is compared, and is no more. */
  gone: boolean;
  then: Then | null;
}

/** One cost that was booked. */
export function CostRow({ actual, gone, then }: Props) {
  const editor = useEditor();
  const mayEdit = useMayEdit();
  const format = useFormat();
  const set = (patch: ActualPatch) => void setActual(editor, actual.id, patch);
  const change = then?.changeOf('actuals', actual.id);
  const was = gone ? undefined : then?.view.actuals.find(({ id }) => id === actual.id);
  const name = `${format.money(actual.amount)}${actual.vendor ? ` to ${actual.vendor}` : ''}`;
  return (
    <tr className={fate.fate} data-fate={change?.types[0]}>
      <td>
        <Was old={was?.date} now={actual.date}>
          <TextCell
            label={`Date of ${name}`}
            column="date"
            // To be read, a field without a date would say how one is typed.
            type={mayEdit || actual.date !== '' ? 'date' : 'text'}
            value={actual.date}
            commit={(date) => set({ date })}
            readOnly={!mayEdit}
          />
        </Was>
      </td>
      <td>
        <Was old={was && format.unitCost(was.amount)} now={format.unitCost(actual.amount)} number>
          <TextCell
            label={`Amount of ${name}`}
            column="amount"
            number
            value={format.unitCost(actual.amount)}
            problem={problemBy((text) => readMoney(text, format.currency))}
            commit={(text) => {
              const read = readMoney(text, format.currency);
              if ('value' in read) set({ amount: read.value });
            }}
            readOnly={!mayEdit}
          />
        </Was>
      </td>
      <td>
        <span className={table.told}>
          <PlaceCell actual={actual} name={name} mayEdit={mayEdit} onChange={set} />
          {change && <ChangeTag change={change} noted />}
        </span>
      </td>
      <td>
        <Was old={was?.vendor} now={actual.vendor}>
          <TextCell
            label={`Vendor of ${name}`}
            column="vendor"
            value={actual.vendor}
            placeholder="Vendor"
            commit={(vendor) => set({ vendor: vendor.trim() })}
            readOnly={!mayEdit}
          />
        </Was>
      </td>
      <td>
        <Was old={was?.note} now={actual.note}>
          <TextCell
            label={`Note on ${name}`}
            column="note"
            value={actual.note}
            placeholder="Note"
            commit={(note) => set({ note: note.trim() })}
            maxLength={10_000}
            readOnly={!mayEdit}
          />
        </Was>
      </td>
      <td>
        <span className={table.tools}>
          <AttachButton fileId={actual.fileId} of={name} onChange={(fileId) => set({ fileId })} />
          {mayEdit && (
            <IconButton
              label={`Remove ${name}`}
              size={28}
              onClick={() => void removeActual(editor, actual.id)}
            >
              <IconTrash size={16} stroke={1.7} />
            </IconButton>
          )}
        </span>
      </td>
    </tr>
  );
}

interface PlaceProps {
  actual: ActualView;
  name: string;
  mayEdit: boolean;
  onChange: (patch: ActualPatch) => void;
}

/** What it is for; the list of all lines is made when it is opened. */
function PlaceCell({ actual, name, mayEdit, onChange }: PlaceProps) {
  const { reader } = useEstimate();
  const lines = useView((view) => view.lines);
  const groups = useView((view) => view.groups);
  const [open, setOpen] = useState(false);
  const place = placeName(actual, { lines, groups });
  if (!mayEdit)
    return (
      <span className={table.place} data-place data-struck>
        {place}
      </span>
    );
  if (!open) {
    return (
      <button
        type="button"
        className={table.place}
        data-place
        data-cell="place"
        aria-label={`For ${place}; change what ${name} is for`}
        onClick={() => setOpen(true)}
      >
        {place}
      </button>
    );
  }
  const view = reader.view();
  return (
    <Select
      autoFocus
      defaultDropdownOpened
      searchable
      allowDeselect={false}
      limit={80}
      aria-label={`What ${name} is for`}
      nothingFoundMessage="No such line or section"
      data={placeChoices(view).map(({ group, items }) => ({ group, items: [...items] }))}
      value={placeKey(actual)}
      onChange={(value) => {
        if (value !== null) onChange(placeOf(value, reader.view()));
        setOpen(false);
      }}
      onBlur={() => setOpen(false)}
    />
  );
}

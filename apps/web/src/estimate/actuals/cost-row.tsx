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
import { AttachButton } from './attach-button.tsx';
import { placeChoices, placeKey, placeName, placeOf } from './places.ts';
import table from './table.module.css';

/** One cost that was booked. */
export function CostRow({ actual }: { actual: ActualView }) {
  const editor = useEditor();
  const mayEdit = useMayEdit();
  const format = useFormat();
  const set = (patch: ActualPatch) => void setActual(editor, actual.id, patch);
  const name = `${format.money(actual.amount)}${actual.vendor ? ` to ${actual.vendor}` : ''}`;
  return (
    <tr>
      <td>
        <TextCell
          label={`Date of ${name}`}
          column="date"
          type="date"
          value={actual.date}
          commit={(date) => set({ date })}
          readOnly={!mayEdit}
        />
      </td>
      <td>
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
      </td>
      <td>
        <PlaceCell actual={actual} name={name} mayEdit={mayEdit} onChange={set} />
      </td>
      <td>
        <TextCell
          label={`Vendor of ${name}`}
          column="vendor"
          value={actual.vendor}
          placeholder="Vendor"
          commit={(vendor) => set({ vendor: vendor.trim() })}
          readOnly={!mayEdit}
        />
      </td>
      <td>
        <TextCell
          label={`Note on ${name}`}
          column="note"
          value={actual.note}
          placeholder="Note"
          commit={(note) => set({ note: note.trim() })}
          maxLength={10_000}
          readOnly={!mayEdit}
        />
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
      <span className={table.place} data-place>
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
